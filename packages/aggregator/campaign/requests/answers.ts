/** What an exposer may say, whatever it is asked. Nothing of it is an error of its own. */
const ALLOWED = new Set([
  200, 206, 304, 400, 403, 404, 405, 406, 408, 413, 414, 417, 421, 426, 431, 501, 503, 505,
])

/** Throws if the bytes are not a row of whole answers, the last of which may be cut off. */
export function checkAnswers(bytes: Buffer, sample: string, value: number): void {
  for (let rest = bytes; rest.length > 0; ) {
    const end = rest.indexOf('\r\n\r\n')
    const head = rest.subarray(0, end < 0 ? rest.length : end).toString('latin1')
    const status = Number(/^HTTP\/1\.[01] (\d{3})( |\r|$)/.exec(head)?.[1])
    if (!ALLOWED.has(status)) throw new Error(`it answered ${JSON.stringify(head.slice(0, 200))}`)
    if (end < 0) return
    const body = rest.subarray(end + 4)
    if (status === 100) throw new Error('it asked for a body')
    const length = /^content-length: *(\d+)$/im.exec(head)?.[1]
    if (length === undefined) return
    // The answer to HEAD has a length and no body: the next answer follows, or nothing does.
    const isHead = body.length === 0 || body.subarray(0, 7).equals(Buffer.from('HTTP/1.'))
    if (isHead) {
      rest = body
      continue
    }
    if (body.length < Number(length)) throw new Error(`${length} bytes were promised and ${body.length} came`)
    const content = body.subarray(0, Number(length))
    if (isWholePage(status, head)) expectSample(content.toString(), sample, value)
    rest = body.subarray(Number(length))
  }
}

function isWholePage(status: number, head: string): boolean {
  return (
    status === 200 &&
    /^content-type: (text\/plain; version|application\/openmetrics)/im.test(head) &&
    !/^content-encoding:/im.test(head)
  )
}

function expectSample(page: string, sample: string, value: number): void {
  const at = page.indexOf(sample)
  const line = page.slice(at, page.indexOf('\n', at))
  if (at < 0 || !line.endsWith(`} ${value}`)) throw new Error(`a page had ${at < 0 ? 'no sample' : line}`)
}
