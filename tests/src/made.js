// Put before a copy of the built Worker's JavaScript: counts how often an object of each class is made.
const made = {};

/** A class whose objects are counted. */
function wrapExport(name, inner) {
  made[name] = 0;
  return new Proxy(inner, {
    construct(target, given, newTarget) {
      made[name] += 1;
      const object = Reflect.construct(target, given, newTarget);
      if (name !== "default") return object;
      return new Proxy(object, {
        get(object, key) {
          const value = Reflect.get(object, key);
          if (key !== "fetch") return value;
          return (request) =>
            new URL(request.url).pathname === "/test/made" ? Response.json(made) : value.call(object, request);
        },
      });
    },
  });
}
