/** Entry of a Web Worker that computes one statistic. */
import { answerRequest } from './answer-request.ts'

addEventListener('message', ({ data }) => answerRequest(data, (answer) => postMessage(answer)))
