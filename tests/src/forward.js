// Put before a copy of the built Worker's JavaScript: its clock can be put forward, so that nobody waits for minutes.
let aheadBy = 0;

const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Date.now()]));
  }

  static now() {
    return RealDate.now() + aheadBy;
  }
};

/** A class whose clock can be put forward, if it is the Worker's own. */
function wrapExport(name, inner) {
  if (name !== "default") return inner;
  return new Proxy(inner, {
    construct(target, given, newTarget) {
      return new Proxy(Reflect.construct(target, given, newTarget), {
        get(object, key) {
          const value = Reflect.get(object, key);
          if (key !== "fetch") return value;
          return (request) => {
            const { pathname, searchParams } = new URL(request.url);
            if (pathname !== "/test/forward") return value.call(object, request);
            aheadBy += Number(searchParams.get("by"));
            return new Response("put forward");
          };
        },
      });
    },
  });
}
