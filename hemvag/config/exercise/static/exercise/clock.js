// Lets the scenario's clock go on after the page was fetched. Without it the page shows the time when it was fetched.
const shown = document.querySelector("[data-rate]");
if (shown) {
  const words = shown.textContent;
  const [rate, from, began] = [Number(shown.dataset.rate), Number(shown.dataset.seconds), performance.now()];
  const pieces = words.split(/\d+/);
  const tick = () => {
    const seconds = from + ((performance.now() - began) / 1000) * rate;
    const minutes = Math.abs(Math.round(seconds / 60));
    const sign = seconds < 0 ? "−" : "+";
    shown.textContent = `${sign}${Math.floor(minutes / 60)}${pieces[1]}${minutes % 60}${pieces[2]}`;
  };
  setInterval(tick, 1000);
}
