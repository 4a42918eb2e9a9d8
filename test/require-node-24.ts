// `npm ci --ignore-scripts` leaves no Node 24 binary and the tests would silently run on the system's Node.
const major = Number(process.versions.node.split('.')[0])
if (major < 24) {
  throw new Error(`tests need Node 24, this is ${process.versions.node}; fix: run "npm ci" without --ignore-scripts`)
}
