// Put before a copy of the built Worker's JavaScript: once asked to hurry, its clock runs a second at every look, so that
// many messages are written within the rates in little time.
let benchStep = 0;
let benchAhead = 0;

const BenchDate = Date;
globalThis.Date = class extends BenchDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [Date.now()]));
  }

  static now() {
    return BenchDate.now() + (benchAhead += benchStep);
  }
};

/** A class that can be asked to hurry, if it is the Worker's own. */
function wrapExport(name, inner) {
  if (name !== "default") return inner;
  return new Proxy(inner, {
    construct(target, given, newTarget) {
      return new Proxy(Reflect.construct(target, given, newTarget), {
        get(object, key) {
          const value = Reflect.get(object, key);
          if (key !== "fetch") return value;
          return (request) => {
            if (new URL(request.url).pathname !== "/bench/hurry") return value.call(object, request);
            benchStep = 1000;
            return new Response("hurrying");
          };
        },
      });
    },
  });
}
