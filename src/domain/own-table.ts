/**
 * Fields of the tables that we export, safe for spreadsheets and terminals, and read back to the same text.
 *
 * A text that a spreadsheet would take for a formula (OWASP, CSV injection) gets an apostrophe before it, as does one that
 * begins with an apostrophe, and the empty text, which would read as absent. Control characters other than tab and line
 * ends are written `\\x1b`, and a backslash that would look like one of these as `\\x5c`.
 */

/**
 * Column that a table of ours has and no other: its fields are escaped. It holds the name of the run; in Parquet the manifest
 * of the run stands under the same key in the metadata of the file.
 */
export const ownTableMark = 'assay_run'

/** Further columns of a table of ours, which say nothing of an item. */
export const ownTableExtras: readonly string[] = [ownTableMark, 'response', 'state', 'calls', 'planned_responses']

/** CSV has no place for a manifest; it lies beside: `responses.csv` → `responses.assay.json`. */
export function manifestBeside(tablePath: string): string {
  return tablePath.replace(/\.csv(\.gz)?$/i, '').concat('.assay.json')
}

/** escapeField('=1+1') // => "'=1+1" */
export function escapeField(text: string): string {
  const plain = text
    .replaceAll(/\\(?=x[0-9a-f]{2})/g, () => hexEscape('\\'))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is escaped
    .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/g, hexEscape)
  return plain === '' || /^[=+\-@\t\r\n']/.test(plain) ? `'${plain}` : plain
}

export function unescapeField(field: string): string {
  const text = field.startsWith("'") ? field.slice(1) : field
  return text.replaceAll(/\\x([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
}

function hexEscape(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`
}
