// Lets a reader ask for pages to be kept on the device, and take that back.
//   in:   .offline with the address of the worker, and two buttons
//   out:  the store "impact-kept" with this page and those of the menu, and a worker that keeps what is opened; or neither
//   not:  kept anywhere: whether there is a store says whether pages are kept

const box = document.querySelector(".offline");
const status = box.querySelector("[role=status]");
const [on, off] = box.querySelectorAll("button");
const store = "impact-kept";

async function show() {
  const kept = await caches.has(store);
  on.hidden = kept;
  off.hidden = !kept;
  status.textContent = kept ? status.dataset.on : status.dataset.off;
}

// main gives the addresses that are kept at once: this page, those of the menu, and what they are made of.
function main() {
  const links = [...document.querySelectorAll("header.site a[href]")].map((link) => link.href);
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name);
  const own = [location.href, ...links, ...parts].map((url) => new URL(url)).filter((url) => url.origin === location.origin);
  return [...new Set(own.map((url) => url.origin + url.pathname))];
}

async function begin() {
  const kept = await caches.open(store);
  await navigator.serviceWorker.register(box.dataset.worker, { scope: box.dataset.scope });
  await Promise.all(
    main().map(async (url) => {
      const answer = await fetch(url);
      if (!answer.ok || answer.redirected || (await answer.clone().text()).includes("noarchive")) return;
      await kept.put(url, answer);
    }),
  );
}

async function end() {
  for (const registration of await navigator.serviceWorker.getRegistrations()) await registration.unregister();
  await caches.delete(store);
}

const act = (button, does) =>
  button.addEventListener("click", async () => {
    button.disabled = true;
    await does().catch(() => end());
    button.disabled = false;
    await show();
    (on.hidden ? off : on).focus();
  });

if (!navigator.serviceWorker || !self.caches) {
  status.textContent = status.dataset.cannot;
} else if (navigator.connection?.saveData && !(await caches.has(store))) {
  status.textContent = status.dataset.cannot;
} else {
  act(on, begin);
  act(off, end);
  show();
}
