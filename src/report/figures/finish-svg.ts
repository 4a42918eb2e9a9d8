/** Turns what the plotting library drew into markup that a strict page and a screen reader accept. */

export interface SvgText {
  readonly id: string
  readonly title: string
  readonly description: string
}

/**
 * Strips inline styles (the page's policy forbids them), classes and ARIA on groups (which no screen reader may have
 * there); names the drawing as one image; rounds coordinates, so that bytes do not hang on the last bit.
 */
export function finishSvg(svg: Element, { id, title, description }: SvgText): string {
  const { ownerDocument } = svg
  for (const style of [...svg.querySelectorAll('style')]) style.remove()
  for (const element of [svg, ...svg.querySelectorAll('*')]) {
    for (const { name, value } of [...element.attributes]) {
      if (/^(aria-.*|class|style|xmlns(:.*)?)$/.test(name)) element.removeAttribute(name)
      else if (/\d\.\d{3}/.test(value)) element.setAttribute(name, value.replaceAll(/-?\d*\.\d{3,}(e-?\d+)?/g, rounded))
    }
  }
  svg.setAttribute('role', 'img')
  svg.setAttribute('aria-labelledby', `${id}-title`)
  svg.setAttribute('aria-describedby', `${id}-desc`)
  svg.setAttribute('focusable', 'false')
  const named = (name: 'title' | 'desc', text: string) => {
    const element = ownerDocument.createElementNS('http://www.w3.org/2000/svg', name)
    element.setAttribute('id', `${id}-${name}`)
    element.textContent = text
    return element
  }
  svg.prepend(named('title', title), named('desc', description))
  return svg.outerHTML
}

function rounded(number: string): string {
  return String(Math.round(Number(number) * 100) / 100 || 0)
}
