// Reporting a message from its menu.

import { openReport } from "../../lib/report.js";

export class Reporting {
  acts = { report: (item) => openReport(`/report/message/${item.dataset.id}/`) };

  offers = { report: (message, item) => !message.isMine && Boolean(item.dataset.id) };
}
