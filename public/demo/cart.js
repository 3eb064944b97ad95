// The basket changes its address without loading a page, as most shops do. It is the demo's own script, not the chat's.

const plants = {
  monstera: ["Monstera", 48],
  "boston-fern": ["Boston fern", 26],
  "snake-plant": ["Snake plant", 34],
  pilea: ["Pilea", 22],
};
const titles = { basket: "Your basket", delivery: "Delivery", review: "One last look" };
const names = new URLSearchParams(location.search).getAll("add").filter((name) => Object.hasOwn(plants, name));
const basket = names.length ? names : ["snake-plant"];

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function lines() {
  const list = element("ul", "", "lines");
  let sum = 0;
  for (const name of basket) {
    const [title, price] = plants[name];
    const picture = document.createElement("img");
    picture.src = `img/${name}.svg`;
    picture.alt = "";
    const line = document.createElement("li");
    line.append(picture, element("strong", title), element("span", `€${price}`));
    list.append(line);
    sum += price;
  }
  const total = document.createElement("li");
  total.append(element("span", ""), element("strong", "Together"), element("strong", `€${sum}`));
  list.append(total);
  return list;
}

function show() {
  const step = new URLSearchParams(location.search).get("step") ?? "basket";
  const current = Object.hasOwn(titles, step) ? step : "basket";
  document.title = `${titles[current]} – Fernwood`;
  document.getElementById("step-title").textContent = titles[current];
  for (const link of document.querySelectorAll("[data-step]")) {
    if (link.dataset.step === current) link.setAttribute("aria-current", "step");
    else link.removeAttribute("aria-current");
  }
  const place = document.getElementById("step");
  if (current === "basket") place.replaceChildren(lines(), next("delivery", "Go on to delivery"));
  if (current === "delivery") {
    const text = element("p", "Plants travel on Tuesdays and arrive the day after. Delivery is free.", "lead");
    place.replaceChildren(text, next("review", "Go on to the last look"));
  }
  if (current === "review") {
    place.replaceChildren(lines(), element("p", "This shop is made up, so that nothing can be bought here.", "small"));
  }
}

function next(step, text) {
  const link = element("a", text, "button");
  link.href = `cart.html?step=${step}`;
  link.dataset.step = step;
  return link;
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[data-step]") : null;
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  show();
});
addEventListener("popstate", show);
show();
