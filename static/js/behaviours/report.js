// A link to a report's page opens it as a sheet over this one.

import { openReport } from "../lib/report.js";

export default function report(link) {
  const open = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    link.closest("[popover]")?.hidePopover();
    openReport(link.href);
  };
  link.addEventListener("click", open);
  // A request that was reported is answered with it: once its sheet is closed, so is the request.
  const reported = ({ detail }) => {
    if ("reportedGoes" in link.dataset && detail === link.pathname) location.assign(link.dataset.reportedGoes);
  };
  document.addEventListener("medley:reported", reported);
  return () => {
    link.removeEventListener("click", open);
    document.removeEventListener("medley:reported", reported);
  };
}
