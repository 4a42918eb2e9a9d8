/** Entry of a thread of Node that computes one statistic. */
import { parentPort } from 'node:worker_threads'
import { answerRequest } from './answer-request.ts'

const port = parentPort
if (port === null) throw new Error('node-thread runs only in a worker thread')
port.on('message', (request) => answerRequest(request, (answer) => port.postMessage(answer)))
