// Copies what stands in a field. Browsers that keep the clipboard from pages at least get it selected.

export async function copyField(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    try {
      return document.execCommand('copy'); // the only way where the page is not served over HTTPS
    } catch {
      return false;
    }
  }
}
