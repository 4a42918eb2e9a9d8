/**
 * Width of text before any browser has seen it, in pixels, for laying out labels on the server.
 *
 * Measured on DejaVu Sans, one of the widest fonts that `system-ui` resolves to, so labels that fit here fit elsewhere.
 */
export function textWidth(text: string, fontSize: number): number {
  let ems = 0
  for (const character of text) ems += emsOf(character)
  return ems * fontSize
}

/** The text, or its two ends around an ellipsis where it is too wide: names often differ only at their ends. */
export function fitText(text: string, room: { readonly width: number; readonly fontSize: number }): string {
  if (textWidth(text, room.fontSize) <= room.width) return text
  const characters = [...text]
  for (let kept = characters.length - 1; kept > 1; kept--) {
    const head = Math.ceil(kept * 0.6)
    const shortened = `${characters.slice(0, head).join('').trimEnd()}…${characters
      .slice(characters.length - kept + head)
      .join('')
      .trimStart()}`
    if (textWidth(shortened, room.fontSize) <= room.width) return shortened
  }
  return '…'
}

function emsOf(character: string): number {
  if (/\p{Mn}|\u200d/u.test(character)) return 0
  if (/[ .,:;|!'()[\]iIjlt/\\-]/.test(character)) return 0.39
  if (/[mwMW%@&]/.test(character)) return 0.97
  if (
    /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f000}-\u{1faff}]/u.test(
      character,
    )
  ) {
    return 1.02
  }
  if (/\p{Lu}|[=+−±×<>…→←_]/u.test(character)) return 0.82
  return 0.64
}
