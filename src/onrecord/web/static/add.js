// Adding, with a script: files are listed and weighed before they are sent, and the page of a job keeps itself up to date.
// Without it the form is sent as it is, and the page of a job loads itself again.
const EVERY = 1000; // ms between two looks at a job
const SHOWN = 12; // names of chosen files
const SLOWEST = 8000; // ms, where the server does not answer

function inWords(bytes) {
  if (bytes < 1000) return bytes + " bytes";
  return bytes < 1e6 ? (bytes / 1e3).toFixed(0) + " kB" : (bytes / 1e6).toFixed(1) + " MB";
}

function line(...words) {
  const made = document.createElement("li");
  for (const some of words) {
    const part = document.createElement("span");
    part.textContent = some;
    made.append(part);
  }
  return made;
}

function files(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".chosen");
  const drop = form.querySelector(".drop");

  function fault(words) {
    form.querySelector("#fault-files")?.remove();
    input.setCustomValidity(words);
    input.toggleAttribute("aria-invalid", Boolean(words));
    if (!words) return;
    const said = document.createElement("p");
    said.className = "fault";
    said.id = "fault-files";
    said.setAttribute("role", "alert");
    said.textContent = words;
    drop.append(said);
  }

  function show() {
    const chosen = [...input.files];
    const whole = chosen.reduce((sum, file) => sum + file.size, 0);
    list.replaceChildren(...chosen.slice(0, SHOWN).map((file) => line(file.name, inWords(file.size))));
    if (chosen.length > SHOWN) list.append(line(`and ${chosen.length - SHOWN} more`));
    list.hidden = !chosen.length;
    if (chosen.length > Number(form.dataset.files)) fault(`These are ${chosen.length} files: at most ${form.dataset.files} are sent at once.`);
    else if (whole > Number(form.dataset.bytes)) fault(`Together these are ${inWords(whole)}: at most ${inWords(Number(form.dataset.bytes))} are sent at once.`);
    else fault("");
  }

  input.addEventListener("change", show);
  for (const name of ["dragenter", "dragover"]) {
    drop.addEventListener(name, (event) => {
      if (![...event.dataTransfer.types].includes("Files")) return;
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", (event) => drop.contains(event.relatedTarget) || drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    input.files = event.dataTransfer.files;
    show();
  });
  if (input.files.length) show(); // the browser kept them on the way back
}

// A second press of the button sends nothing.
function once(form) {
  form.addEventListener("submit", (event) => {
    const button = form.querySelector("button");
    if (button.hasAttribute("aria-disabled")) event.preventDefault();
    button.setAttribute("aria-disabled", "true");
  });
  addEventListener("pageshow", () => form.querySelector("button").removeAttribute("aria-disabled"));
}

async function follow(job) {
  const words = document.getElementById("words");
  let wait = EVERY;
  while (!["done", "stopped", "failed", "lost"].includes(job.dataset.state)) {
    await new Promise((resume) => setTimeout(resume, wait));
    if (document.hidden) continue;
    try {
      const answer = await fetch(job.dataset.json, { cache: "no-store" });
      if (!answer.ok) throw new Error(answer.statusText);
      const told = await answer.json();
      wait = EVERY;
      if (words.textContent !== told.words) words.textContent = told.words;
      if (told.stamp === job.dataset.stamp) continue;
      await renew(job);
    } catch {
      wait = Math.min(2 * wait, SLOWEST);
      words.textContent = "The reading room does not answer. What is in stays in; this page looks again by itself.";
    }
  }
}

// The lists as they are now; whoever stands on a link stays on it.
async function renew(job) {
  const answer = await fetch(location.href, { cache: "no-store", headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Error(answer.statusText);
  const there = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("job");
  const stood = document.activeElement?.closest("#told a")?.getAttribute("href");
  const pressed = document.activeElement?.closest("#told button") !== null;
  document.getElementById("told").replaceWith(document.adoptNode(there.querySelector("#told")));
  const words = document.getElementById("words");
  const new_words = there.querySelector("#words").textContent;
  if (words.textContent !== new_words) words.textContent = new_words;
  job.dataset.state = there.dataset.state;
  job.dataset.stamp = there.dataset.stamp;
  if (stood) document.querySelector(`#told a[href="${CSS.escape(stood)}"]`)?.focus();
  else if (pressed) document.querySelector("#told button")?.focus();
}

document.querySelectorAll("form.way").forEach(once);
document.querySelectorAll("form.way[data-files]").forEach(files);
const job = document.getElementById("job");
if (job) follow(job);
