// Fills a hidden field with the device's time zone, so that a birthday falls on the right day.

export default function timezone(element) {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone && !element.value) element.value = timeZone;
}
