// The drawer behind each number, the slider, and the reload when the book changes. Nothing else runs in the page.
const drawer = document.getElementById("drawer");
const look = () => new URLSearchParams(location.search);

async function text(path, parameters) {
  const answer = await fetch(`${path}?${parameters}`);
  return answer.text();
}

document.addEventListener("click", async (event) => {
  const number = event.target.closest("[data-figure]");
  if (!number || !drawer) return;
  event.preventDefault(); // a box of a drawing is a link to its table where nothing runs
  const parameters = look();
  parameters.set("question", number.closest("[data-question]").dataset.question);
  parameters.set("key", number.dataset.figure);
  const behind = document.getElementById("behind");
  behind.textContent = "…";
  drawer.showModal();
  behind.innerHTML = await text("/figure", parameters); // the server escapes every text of the book
  behind.scrollTop = 0;
});

drawer?.addEventListener("click", (event) => {
  if (event.target === drawer) drawer.close();
});

// One request is under way at a time; when it is back, the latest place of the sliders is asked for. While one moves only the drawing
// that is looked at is fetched, once it rests the one for other widths and for paper too.
const sliders = [...document.querySelectorAll(".slider input")];
const narrow = matchMedia("(max-width: 40rem)");
let asked = false;
let wanted = "";

async function follow() {
  if (asked || !wanted) return;
  asked = true;
  const parameters = look();
  for (const slider of sliders) parameters.set(slider.name, slider.value);
  if (wanted === "moving") parameters.set("side", narrow.matches ? "narrow" : "wide");
  wanted = "";
  try {
    document.getElementById("fallen").innerHTML = await text("/fall", parameters);
  } finally {
    asked = false;
  }
  follow();
}

for (const slider of sliders) {
  for (const [event, state] of [["input", "moving"], ["change", "resting"]]) {
    slider.addEventListener(event, () => {
      document.querySelector(`output[for="${slider.id}"]`).value = `${slider.value}%`;
      wanted = state;
      follow();
    });
  }
}

// A page whose book has changed loads itself again; an open drawer or a moving slider is left alone until then.
const stamp = document.body.dataset.stamp;
setInterval(async () => {
  if (document.hidden || drawer?.open) return;
  try {
    const now = await (await fetch("/stamp")).text();
    if (now !== stamp && stamp !== "none") location.reload();
  } catch {
    // the server has stopped; the page stays as it is
  }
}, 2000);

// What takes longer to answer comes one after another, so that the page need not wait.
for (const part of document.querySelectorAll("[data-part]")) {
  part.innerHTML = await text(part.dataset.part, look());
  part.removeAttribute("aria-busy");
}
