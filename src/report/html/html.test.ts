import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html, trusted } from './html.ts'

test('html`<p>` with a text part escapes it in elements and in attributes', () => {
  const text = `<script>alert("x")</script> & 'y'`
  expect(html`<p title="${text}">${text}</p>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;y&#39;</p>',
  )
})

test('html`<ul>` with parts joins lists, keeps markup and drops undefined', () => {
  const items = ['a', 'b<'].map((item) => html`<li>${item}</li>`)
  expect(html`<ul>${items}${undefined}${trusted('<hr>')}</ul>`.markup).toBe('<ul><li>a</li><li>b&lt;</li><hr></ul>')
})

test('html of any text never yields a tag, an attribute end or a control character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(html`${text}`.markup).not.toMatch(/[<>"'\p{Cc}\u202a-\u202e]/u)
    }),
    { seed: 4, numRuns: 500 },
  )
})
