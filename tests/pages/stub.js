// The stub of the documentation, and calls before, during and after the load of the loader.
!(function (window, name) {
  window[name] = window[name] || function () {
    (window[name].q = window[name].q || []).push(arguments);
  };
})(window, "Porchlight");
window.heard = [];
Porchlight("on", "open", () => heard.push("open"));
Porchlight("on", "close", () => heard.push("close"));
Porchlight("open");
Porchlight("close");
document.addEventListener(
  "load",
  (event) => {
    if (!String(event.target.src).endsWith("/widget.js")) return;
    heard.push(typeof Porchlight.q, Porchlight.isOpen());
    Porchlight.open();
    Porchlight("close");
    Porchlight.ready().then(() => {
      heard.push("ready");
      Porchlight.open();
    });
  },
  true,
);
