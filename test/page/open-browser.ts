/** The Chromium that an npm package ships, so that tests need no browser on the machine. */
import chromium from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'

// Pages that hold no WebGL need no emulated graphics card, which draws every frame on the processor.
chromium.setGraphicsMode = false

export async function openBrowser(): Promise<Browser> {
  return await playwright.launch({
    executablePath: await chromium.executablePath(),
    args: [
      // As one process it would end with its first context; as several it serves a context per test.
      ...chromium.args.filter((flag) => flag !== '--single-process'),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      '--disable-quic',
    ],
    headless: true,
  })
}
