export { openRandom, type Random, randomFromState } from './random.ts'
