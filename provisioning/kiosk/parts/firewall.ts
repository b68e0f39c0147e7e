// The firewall: nothing comes in, and only the runtime reaches its centre.
import { systemFile, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'
import { usualScreenPort } from '../places.ts'
import { runtimeUser, screenUser } from '../users.ts'

export const rulesFile = '/etc/nftables.conf'

type Line = { to: readonly string[] | null; port: number }

const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':')

const portOf = (url: URL): number => {
  const usual: Record<string, number> = {
    'https:': 443,
    'http:': 80,
    'mqtts:': 8883,
    'mqtt:': 1883,
  }
  return url.port === '' ? (usual[url.protocol] ?? 443) : Number(url.port)
}

const lineTo = (address: string | undefined, fixed: readonly string[] | null): Line[] => {
  const url = address === undefined ? null : URL.parse(address)
  if (url === null) return []
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return [{ to: fixed ?? (isAddress(host) ? [host] : null), port: portOf(url) }]
}

/** A device server in the cabinet: `tcp:host:port`. */
const serverOf = (device: { port: string } | null | undefined): Line[] => {
  const [, host, port] = /^tcp:([^:]+):(\d+)$/.exec(device?.port ?? '') ?? []
  return host === undefined ? [] : [{ to: isAddress(host) ? [host] : null, port: Number(port) }]
}

/** `ip daddr { … }` and `ip6 daddr { … }`: a rule for each family; none where any address will do. */
const towards = (to: readonly string[] | null): string[] => {
  if (to === null) return ['']
  const six = to.filter((one) => one.includes(':'))
  const four = to.filter((one) => !one.includes(':'))
  return [
    ...(four.length === 0 ? [] : [`ip daddr { ${four.join(', ')} } `]),
    ...(six.length === 0 ? [] : [`ip6 daddr { ${six.join(', ')} } `]),
  ]
}

/** nft(8). Users stand as numbers: a name that is not known yet would leave the machine without any rule. */
export const rulesOf = ({ machine, kiosk, plan }: Facts): string => {
  const { firewall, network } = machine
  // A new kiosk has to reach the centre it enrols at.
  const known = kiosk ?? plan
  const screenPort = known?.screen.port ?? usualScreenPort
  const lines = [
    ...lineTo(known?.centre?.url, firewall.centre),
    ...lineTo(known?.centre?.enrolment ?? undefined, firewall.centre),
    ...lineTo(known?.fleet?.url, firewall.broker),
    ...serverOf(kiosk?.devices.bankTerminal),
    ...serverOf(kiosk?.devices.noteAcceptor),
    ...serverOf(kiosk?.devices.receiptPrinter),
  ]
  const runtimeRules = new Set(
    lines.flatMap(({ to, port }) =>
      towards(to).map((where) => `meta skuid ${runtimeUser.id} ${where}tcp dport ${port} accept`),
    ),
  )
  const dns = towards(firewall.dns).flatMap((where) => [
    `${where}udp dport 53 accept`,
    `${where}tcp dport 53 accept`,
  ])
  const time = towards(firewall.time).flatMap((where) => [
    `${where}udp dport 123 accept`,
    ...(machine.time.nts ? [`${where}tcp dport 4460 accept`] : []),
  ])
  const lease = network?.kind === 'static' ? [] : ['udp sport 68 udp dport 67 accept']
  const leaseBack = network?.kind === 'static' ? [] : ['udp sport 67 udp dport 68 accept']
  // Neighbours and routers of IPv6 have no other way (RFC 4890 4.4.1).
  const neighbours =
    'icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert, nd-router-solicit, nd-router-advert } accept'
  const input = [
    'iif lo accept',
    'ct state invalid drop',
    'ct state { established, related } accept',
    neighbours,
    ...leaseBack,
  ]
  const output = [
    // Whoever can reach the page can press on it: the screen, the runtime itself, and root.
    `oif lo tcp dport ${screenPort} meta skuid != { 0, ${runtimeUser.id}, ${screenUser.id} } reject`,
    'oif lo accept',
    `meta skuid ${screenUser.id} reject`,
    'ct state { established, related } accept',
    neighbours,
    ...lease,
    ...dns,
    ...time,
    ...runtimeRules,
  ]
  return `#!/usr/sbin/nft -f
# Made by provisioning/kiosk from the configuration and machine.json; changed by hand it is put back.
flush ruleset
table inet kiosk {
  chain input {
    type filter hook input priority filter; policy drop;
${input.map((rule) => `    ${rule}\n`).join('')}  }
  chain forward {
    type filter hook forward priority filter; policy drop;
  }
  chain output {
    type filter hook output priority filter; policy drop;
${output.map((rule) => `    ${rule}\n`).join('')}  }
}
`
}

/** How many rules each chain of a ruleset has, whatever their text: what is loaded is held against it. */
export const rulesCounted = (ruleset: string): string => {
  const chains = [...ruleset.matchAll(/chain (\w+) \{([^}]*(?:\{[^{}]*\}[^}]*)*)\}/g)]
  return chains
    .map(([, name = '', body = '']) => {
      const lines = body.split('\n').filter((line) => line.trim() !== '')
      const isDrop = lines.some((line) => line.includes('policy drop'))
      return `${name} ${isDrop ? 'drop' : 'open'} ${lines.length - 1}`
    })
    .join(', ')
}

export const firewall = (facts: Facts): Part => ({
  name: 'firewall',
  packages: [{ name: 'nftables', why: 'the firewall' }],
  files: [
    {
      ...systemFile({
        path: rulesFile,
        class: 'firewall',
        content: rulesOf(facts),
        why: 'nothing comes in, and what goes out is named',
      }),
      mode: 0o755,
    },
  ],
  units: [
    // A file that is broken leaves the machine open (kiosk-machine.md 16, X7): the check looks at what is loaded.
    { name: 'nftables.service', state: 'enabled', running: true, why: 'loads the rules at boot' },
  ],
})
