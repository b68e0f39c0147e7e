// The 16-bit checksums of the serial protocols (devices.md 2.1).

/** CRC-16/CMS: polynomial 8005, initial FFFF, not reflected. SSP uses it for frames and inside encrypted packets. */
export const crc16Cms = (bytes: Iterable<number>): number => {
  let crc = 0xffff
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1) & 0xffff
  }
  return crc
}

/** CRC-16/KERMIT: polynomial 1021, initial 0000, reflected in and out. CCNET, ID-003 and serial ZVT use it. */
export const crc16Kermit = (bytes: Iterable<number>): number => {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x8408 : crc >>> 1
  }
  return crc
}

/** A checksum as it goes over the line in all these protocols: low byte first. */
export const lowByteFirst = (crc: number): [low: number, high: number] => [crc & 0xff, crc >>> 8]
