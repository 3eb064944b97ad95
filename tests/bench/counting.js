// Put before a copy of the built Worker's JavaScript: counts what the platform bills, per class of objects.
const benchCounts = {};
const benchWatched = new WeakMap();

/** Remembers whose storage this is, and counts what goes through it. */
function benchWatch(storage, count) {
  const watched = { count, cursors: [] };
  for (const key of [storage, storage.sql]) benchWatched.set(key, watched);
  benchReplace(storage.sql, "exec", (exec) => function (...given) {
    const cursor = exec.apply(this, given);
    const watched = benchWatched.get(this);
    if (watched) {
      watched.count.statements += 1;
      watched.cursors.push(cursor);
    }
    return cursor;
  });
  benchReplace(storage, "setAlarm", (setAlarm) => function (...given) {
    const watched = benchWatched.get(this);
    if (watched) watched.count.alarms_set += 1;
    return setAlarm.apply(this, given);
  });
  return watched;
}

/** Replaces a method where it is inherited from, once. */
function benchReplace(object, name, replacement) {
  let owner = object;
  while (owner && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
  if (!owner || owner[name].isCounting) return;
  const method = replacement(owner[name]);
  method.isCounting = true;
  owner[name] = method;
}

/** A class whose constructions and calls are counted. */
function wrapExport(name, inner) {
  const handlers = ["fetch", "alarm", "webSocketMessage", "webSocketClose", "webSocketError"];
  const count = { constructed: 0, statements: 0, rows_written: 0, rows_read: 0, alarms_set: 0 };
  for (const handler of handlers) count[handler] = 0;
  benchCounts[name] = count;
  return new Proxy(inner, {
    construct(target, given, newTarget) {
      count.constructed += 1;
      const storage = given[0]?.storage;
      const watched = storage && benchWatch(storage, count);
      return new Proxy(Reflect.construct(target, given, newTarget), {
        get(object, key) {
          const value = Reflect.get(object, key);
          if (!handlers.includes(key) || typeof value !== "function") return value;
          return async (...given) => {
            if (name === "default" && new URL(given[0].url).pathname === "/bench/counts") {
              return Response.json(benchCounts);
            }
            count[key] += 1;
            try {
              return await value.apply(object, given);
            } finally {
              // A cursor knows its rows once they were read, which is by the end of the call.
              for (const cursor of watched?.cursors.splice(0) ?? []) {
                count.rows_written += cursor.rowsWritten;
                count.rows_read += cursor.rowsRead;
              }
            }
          };
        },
      });
    },
  });
}
