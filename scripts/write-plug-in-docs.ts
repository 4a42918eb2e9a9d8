/** Writes into the page of every factor, technique, scorer and design what its definition says. */
import { readFileSync, writeFileSync } from 'node:fs'
import { plugInPages } from './plug-in-docs/plug-in-pages.ts'

for (const { path, text } of plugInPages((path) => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8')))
  writeFileSync(new URL(`../${path}`, import.meta.url), text)
