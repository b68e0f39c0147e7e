import { execFileSync } from 'node:child_process'
import { generateKeyPairSync, randomBytes, X509Certificate, type KeyObject } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { assert, property, uint8Array } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { KioskNumber } from '../identifiers.ts'
import { authorityCertificate, leafCertificate } from './certificate.ts'
import { certificateRequest, readRequest } from './certificate-request.ts'
import { integer, nodesIn, oid, time, value } from './der.ts'
import { FrontName, holderOf, nameOf, uriOf, type Holder } from './holder.ts'
import { pemOf } from './x509-names.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const pair = (curve = 'prime256v1') => generateKeyPairSync('ec', { namedCurve: curve }).privateKey
const spki = (key: KeyObject): Uint8Array => {
  const read = readRequest(certificateRequest({ name: 'any', key }))
  if (read.kind === 'wrong') throw new Error(read.problem)
  return read.publicKey
}
const day = 24 * 60 * 60_000
const from = Date.parse('2026-11-27T11:00:00Z')
const authority = { name: 'WattPoint authority', key: pair() }
const authorityDer = authorityCertificate({
  ...authority,
  serial: randomBytes(16),
  from,
  to: from + 7_300 * day,
})
const kiosk: Holder = { role: 'kiosk', kiosk: KioskNumber.parse('000000000101') }
const leafOf = (holder: Holder, hosts: string[] = [], key = pair()): Uint8Array =>
  leafCertificate({
    serial: Buffer.concat([Uint8Array.of(0x90), randomBytes(15)]),
    from,
    to: from + 90 * day,
    name: nameOf(holder),
    uri: uriOf(holder),
    hosts,
    publicKey: spki(key),
    issuer: authority,
  })

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'certificates-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** What openssl says of files made of these. */
const openssl = (args: string[], files: Record<string, string> = {}): string => {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
  return execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: 'pipe' })
}

describe('bytes of DER', () => {
  test.each([
    ['0 is one byte', integer(Uint8Array.of(0)), '020100'],
    ['leading zeros go', integer(Uint8Array.of(0, 0, 1)), '020101'],
    ['a first bit of 1 would be a sign', integer(Uint8Array.of(0x80)), '02020080'],
    ['commonName', oid('2.5.4.3'), '0603550403'],
    ['ecdsa-with-SHA256', oid('1.2.840.10045.4.3.2'), '06082a8648ce3d040302'],
    [
      '2049 has two digits',
      time(Date.parse('2049-12-31T23:59:59.999Z')),
      '170d3439313233313233353935395a',
    ],
    [
      '2050 has four',
      time(Date.parse('2050-01-01T00:00:00Z')),
      '180f32303530303130313030303030305a',
    ],
    ['a length of 127', value(4, Buffer.alloc(127)).subarray(0, 2), '047f'],
    ['a length of 128', value(4, Buffer.alloc(128)).subarray(0, 3), '048180'],
    ['a length of 256', value(4, Buffer.alloc(256)).subarray(0, 4), '04820100'],
  ])('%s', (_, bytes, wanted) => {
    expect(hex(bytes)).toBe(wanted)
  })

  test.each([
    ['cut off', '0402aa'],
    ['a length told at the end', '3080020100'],
    ['a length with a zero in front', '04820001aa'],
    ['a long length for a short value', '048101aa'],
    ['a tag of several bytes', '1f8101020100'],
    ['no length', '04'],
  ])('%s is no DER', (_, bytes) => {
    expect(nodesIn(Buffer.from(bytes, 'hex'))).toBeNull()
  })
})

describe('certificates, as openssl reads them', () => {
  test('a kiosk: its number, its URI, no server, and the authority stands behind it', () => {
    const leaf = pemOf('CERTIFICATE', leafOf(kiosk))
    const files = { 'ca.pem': pemOf('CERTIFICATE', authorityDer), 'kiosk.pem': leaf }
    const at = String(from / 1_000 + 60)
    const verify = (purpose: string) =>
      openssl(
        [
          'verify',
          '-x509_strict',
          '-attime',
          at,
          '-purpose',
          purpose,
          '-CAfile',
          'ca.pem',
          'kiosk.pem',
        ],
        files,
      )
    expect(verify('sslclient')).toBe('kiosk.pem: OK\n')
    expect(() => verify('sslserver')).toThrow(/unsuitable certificate purpose|unsupported/i)
    const text = openssl(['x509', '-in', 'kiosk.pem', '-noout', '-text'])
    expect(text).toContain('Version: 3')
    expect(text).toContain('Subject: CN = 000000000101')
    expect(text).toContain('URI:urn:wattpoint:kiosk:000000000101')
    expect(text).toMatch(
      /Not Before: Nov 27 11:00:00 2026 GMT\s+Not After : Feb 25 11:00:00 2027 GMT/,
    )
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature\n/)
    expect(text).toMatch(/Basic Constraints: critical\s+CA:FALSE/)
  })

  test('a front machine answers at its hosts', () => {
    const front: Holder = { role: 'front', front: FrontName.parse('main') }
    const leaf = leafOf(front, ['front.example', '10.0.0.7', '2001:db8::17', '::1'])
    const files = {
      'ca.pem': pemOf('CERTIFICATE', authorityDer),
      'front.pem': pemOf('CERTIFICATE', leaf),
    }
    const args = [
      'verify',
      '-x509_strict',
      '-attime',
      String(from / 1_000 + 60),
      '-CAfile',
      'ca.pem',
    ]
    expect(openssl([...args, '-purpose', 'sslserver', 'front.pem'], files)).toContain('OK')
    const read = new X509Certificate(leaf)
    expect(read.checkHost('front.example')).toBe('front.example')
    expect(read.checkHost('other.example')).toBeUndefined()
    expect(['10.0.0.7', '2001:db8::17', '::1'].map((ip) => read.checkIP(ip))).not.toContain(
      undefined,
    )
    expect(read.checkIP('10.0.0.8')).toBeUndefined()
    expect(holderOf(read)).toEqual(front)
  })

  test('the authority is one, and its own issuer; another of the same name is not it', () => {
    const read = new X509Certificate(authorityDer)
    expect(read.ca).toBe(true)
    expect(read.verify(read.publicKey)).toBe(true)
    const forged = { name: authority.name, key: pair() }
    const other = new X509Certificate(
      authorityCertificate({ ...forged, serial: randomBytes(16), from, to: from + day }),
    )
    const leaf = new X509Certificate(leafOf(kiosk))
    expect(leaf.verify(read.publicKey)).toBe(true)
    expect(leaf.verify(other.publicKey)).toBe(false)
  })
})

describe('requests', () => {
  test('ours is one to openssl, and one of openssl is one to us', () => {
    const key = pair()
    const request = pemOf('CERTIFICATE REQUEST', certificateRequest({ name: '000000000101', key }))
    const said = openssl(['req', '-in', 'request.pem', '-noout', '-verify', '-text'], {
      'request.pem': request,
    })
    expect(said).toContain('Subject: CN = 000000000101')
    const pem = key.export({ type: 'pkcs8', format: 'pem' }).toString()
    const args = [
      'req',
      '-new',
      '-key',
      'key.pem',
      '-subj',
      '/CN=anything/O=else',
      '-outform',
      'DER',
    ]
    writeFileSync(join(folder, 'key.pem'), pem)
    const theirs = execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
    expect(readRequest(theirs)).toEqual({ kind: 'request', publicKey: spki(key) })
  })

  test('another curve, and a key that did not sign, are refused', () => {
    expect(readRequest(certificateRequest({ name: 'any', key: pair('secp384r1') }))).toEqual({
      kind: 'wrong',
      problem: 'its key is not one of P-256',
    })
    const [mine, theirs] = [pair(), pair()]
    const request = Buffer.from(certificateRequest({ name: 'any', key: mine }))
    const at = request.indexOf(Buffer.from(spki(mine)))
    Buffer.from(spki(theirs)).copy(request, at)
    expect(readRequest(request)).toEqual({
      kind: 'wrong',
      problem: 'it is not signed with its own key',
    })
  })

  test('one changed bit, and bytes of any kind, are never taken and never throw', () => {
    const request = certificateRequest({ name: '000000000101', key: pair() })
    for (let bit = 0; bit < request.length * 8; bit += 7) {
      const changed = Buffer.from(request)
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(readRequest(changed).kind, `bit ${bit}`).toBe('wrong')
    }
    assert(property(uint8Array({ maxLength: 300 }), (bytes) => readRequest(bytes).kind === 'wrong'))
  })
})

describe('who holds a certificate', () => {
  const said = (subjectAltName: string, subject = 'CN=000000000101') =>
    holderOf({ subject, subjectAltName })

  test('is what its URI and its common name both say', () => {
    expect(holderOf(new X509Certificate(leafOf(kiosk)))).toEqual(kiosk)
    expect(said('URI:urn:wattpoint:kiosk:000000000101')).toEqual(kiosk)
  })

  test.each([
    ['two URIs', 'URI:urn:wattpoint:kiosk:000000000101, URI:urn:wattpoint:centre:centre'],
    ['another number than the name', 'URI:urn:wattpoint:kiosk:000000000102'],
    ['no such role', 'URI:urn:wattpoint:office:000000000101'],
    ['no number', 'URI:urn:wattpoint:kiosk:101'],
    ['another kind of name', 'DNS:urn:wattpoint:kiosk:000000000101'],
    ['none', ''],
  ])('%s: nobody', (_, names) => {
    expect(said(names)).toBeNull()
  })
})
