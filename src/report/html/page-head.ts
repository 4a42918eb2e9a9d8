/** The head of the page: its policy allows this one style and this one script, and nothing from anywhere else. */
import { type Html, html, trusted } from './html.ts'

export interface PageHead {
  readonly title: string
  readonly style: string
  readonly script: string
}

export async function pageHead({ title, style, script }: PageHead): Promise<Html> {
  const policy = [
    "default-src 'none'",
    `style-src '${await sourceHash(style)}'`,
    `script-src '${await sourceHash(script)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return html`<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="assay">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>${trusted(style)}</style>
</head>`
}

async function sourceHash(source: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(source))
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}`
}
