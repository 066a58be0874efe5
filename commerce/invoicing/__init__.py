"""Papers as PDF: invoices, and notes of what was paid back.

`fonts` finds letters of any script, `paper` draws, `invoice` says what stands on them. Whoever asks
for one finds the order by `order_for`.
"""

from commerce.invoicing.invoice import invoice, order_for, refund_note

__all__ = ["invoice", "order_for", "refund_note"]
