// A line at the top of the page for as long as the device has no connection.

export default function offline(banner) {
  const show = () => (banner.hidden = navigator.onLine);
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
  return () => {
    window.removeEventListener("online", show);
    window.removeEventListener("offline", show);
  };
}
