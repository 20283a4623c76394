// Loads the page anew when the preview has something new to show.
const script = document.querySelector('script[src="/_impact/reload.js"]');
const events = new EventSource('/_impact/events?version=' + script.dataset.version);
events.addEventListener('reload', () => {
  events.close();
  location.reload();
});
