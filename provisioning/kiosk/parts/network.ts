// The network, where machine.json says how; else it stays as the machine has it.
import { systemFile, type Part } from '../declared.ts'
import type { Facts } from '../facts.ts'

const made = '# Made by provisioning/kiosk from machine.json; changed by hand it is put back.\n'

export const networkFile = (network: NonNullable<Facts['machine']['network']>): string => {
  const how =
    network.kind === 'dhcp'
      ? ['DHCP=yes']
      : [
          `Address=${network.address}`,
          `Gateway=${network.gateway}`,
          ...network.dns.map((each) => `DNS=${each}`),
        ]
  const quiet = ['LLMNR=no', 'MulticastDNS=no', 'LinkLocalAddressing=ipv6']
  // A machine waits for no line: it sells without one as far as the office lets it.
  return `${made}[Match]\nType=ether\n\n[Link]\nRequiredForOnline=no\n\n[Network]\n${[...how, ...quiet].join('\n')}\n`
}

const resolver = `${made}[Resolve]
DNSStubListener=no
LLMNR=no
MulticastDNS=no
`

export const network = ({ machine }: Facts): Part => {
  if (machine.network === null) return { name: 'network' }
  return {
    name: 'network',
    packages: [{ name: 'systemd-resolved', why: 'asks for names, and listens on no port for it' }],
    files: [
      systemFile({
        path: '/etc/systemd/network/20-kiosk.network',
        content: networkFile(machine.network),
        why: 'how this machine is on the network',
      }),
      systemFile({
        path: '/etc/systemd/resolved.conf.d/kiosk.conf',
        content: resolver,
        why: 'no port is open for names',
      }),
    ],
    links: [
      {
        path: '/etc/resolv.conf',
        to: '/run/systemd/resolve/resolv.conf',
        why: 'names are asked of the servers of the network',
      },
    ],
    units: [
      { name: 'systemd-networkd.service', state: 'enabled', running: true, why: 'the network' },
      { name: 'systemd-resolved.service', state: 'enabled', running: true, why: 'names' },
      {
        name: 'systemd-networkd-wait-online.service',
        state: 'masked',
        why: 'no start waits for it',
      },
      { name: 'networking.service', state: 'masked', why: 'one program has the network, not two' },
    ],
  }
}
