// The stub of the documentation, and a page that boots before anybody was asked.
!(function (window, name) {
  window[name] = window[name] || function () {
    (window[name].q = window[name].q || []).push(arguments);
  };
})(window, "Porchlight");
Porchlight("boot", { site: document.currentScript.dataset.site, consent: false });
