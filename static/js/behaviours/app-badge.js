// The number on the app's icon: unread messages, and what one was told of since one last looked.

const COUNTED = ["unread-badge", "activity-badge"];

export default function appBadge(rail) {
  if (!navigator.setAppBadge) return;
  const count = (name) => Number(document.querySelector(`[data-behaviour~="${name}"]`)?.dataset.count ?? 0) || 0;
  const show = () => {
    const total = COUNTED.reduce((sum, name) => sum + count(name), 0);
    (total ? navigator.setAppBadge(total) : navigator.clearAppBadge()).catch(() => {});
  };
  const watch = new MutationObserver(show);
  watch.observe(rail, { attributes: true, attributeFilter: ["data-count"], subtree: true });
  show();
  return () => watch.disconnect();
}
