const at = (id) => document.getElementById(id);
const form = document.querySelector("form");
const button = document.querySelector("button");

at("message").value = await (await fetch("/message")).text();

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  button.disabled = true;
  try {
    await extract(at("message").value);
  } catch {
    finish("failed", "the server does not answer");
  } finally {
    button.disabled = false;
  }
});

async function extract(text) {
  const started = performance.now();
  let snapshots = 0;
  finish("growing", "reading…");
  const response = await fetch("/recipe", { method: "POST", body: text });
  for await (const line of lines(response.body)) {
    if (line.error !== undefined) return finish("failed", line.error);
    if (line.recipe !== undefined) {
      render(line.recipe);
      return finish("done", `validated · ${snapshots} snapshots · ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
    snapshots += 1;
    render(line.partial);
    at("status").textContent = `${snapshots} snapshots`;
  }
  return finish("failed", "the answer was cut off");
}

/** The objects of a body with one JSON text a line. */
async function* lines(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const parts = (rest + value).split("\n");
    rest = parts.pop();
    for (const part of parts) yield JSON.parse(part);
  }
}

/** Every snapshot is drawn as a whole: text that is the same stays as it is. */
function render({ title, summary, servings, minutes, difficulty, ingredients = [], steps = [] }) {
  write(at("title"), title);
  write(at("summary"), summary);
  write(at("servings"), servings && `serves ${servings}`);
  write(at("minutes"), minutes && `${minutes} min`);
  write(at("difficulty"), difficulty);
  items(at("ingredients"), ingredients, (item, { amount, name }) => {
    if (item.childElementCount === 0) item.append(document.createElement("b"), document.createElement("span"));
    write(item.children[0], amount);
    write(item.children[1], name);
  });
  items(at("steps"), steps, write);
  document.querySelector("[data-growing]")?.removeAttribute("data-growing");
  const growing =
    steps.length > 0
      ? at("steps").lastElementChild
      : ingredients.length > 0
        ? at("ingredients").lastElementChild.lastElementChild
        : summary === undefined
          ? at("title")
          : at("summary");
  growing.dataset.growing = "";
}

function items(list, values, draw) {
  while (list.childElementCount > values.length) list.lastElementChild.remove();
  values.forEach((value, index) => draw(list.children[index] ?? list.appendChild(document.createElement("li")), value));
}

// Model output is text, never markup.
function write(element, text = "") {
  if (element.textContent !== text) element.textContent = text;
}

function finish(state, status) {
  at("card").dataset.state = state;
  at("status").textContent = status;
  if (state !== "growing") document.querySelector("[data-growing]")?.removeAttribute("data-growing");
  else render({});
}
