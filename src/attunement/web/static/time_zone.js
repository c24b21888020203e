// Fills in the browser's time zone, so that times are shown as the member's own clock has them. Without it: UTC.
for (const field of document.querySelectorAll("input[data-time-zone]")) {
  field.value ||= Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
}
