// A mail server of a few lines (RFC 5321): takes every mail and keeps it, but for those with a word that it refuses.
import { createServer, type Server } from 'node:net'

export type TakenMail = { to: string[]; text: string }

export const smtpServer = ({ refuses = null }: { refuses?: string | null } = {}): {
  server: Server
  mails: TakenMail[]
} => {
  const mails: TakenMail[] = []
  const server = createServer((socket) => {
    const say = (line: string) => socket.write(`${line}\r\n`)
    let to: string[] = []
    let text: string[] | null = null
    let rest = ''
    const hear = (line: string) => {
      if (text !== null) {
        if (line !== '.') return void text.push(line)
        const whole = text.join('\n')
        text = null
        if (refuses !== null && whole.includes(refuses)) return void say('554 not this one')
        mails.push({ to, text: whole })
        to = []
        return void say('250 taken')
      }
      const [word = ''] = line.toUpperCase().split(/[ :]/)
      if (word === 'RCPT') to.push(/<(.*)>/.exec(line)?.[1] ?? '')
      if (word === 'DATA') {
        text = []
        return void say('354 go on')
      }
      if (word === 'QUIT') return void socket.end('221 bye\r\n')
      return void say('250 yes')
    }
    socket.on('error', () => undefined)
    socket.on('data', (bytes) => {
      const lines = `${rest}${bytes.toString()}`.split('\r\n')
      rest = lines.pop() ?? ''
      for (const line of lines) hear(line)
    })
    say('220 here')
  })
  return { server, mails }
}
