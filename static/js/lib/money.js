// Amounts as people of the page's language write them.

/** "20.00", "EUR" -> "20,00 €". */
export function money(amount, currency) {
  return new Intl.NumberFormat(document.documentElement.lang, { style: "currency", currency }).format(amount);
}
