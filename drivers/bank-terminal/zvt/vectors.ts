// The frames of devices.md 10.11: published ones and composed ones, each with what is inside.

export const vectors = [
  {
    of: 'status enquiry completed, version 2.14.15, ready',
    frame: '10 02 06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00 10 03 B1 11',
    apdu: '06 0F 0B F0 F0 F7 32 2E 31 34 2E 31 35 00',
  },
  {
    of: 'a line of paper',
    frame:
      '10 02 06 D1 17 00 20 20 20 20 20 20 20 20 20 4B 61 73 73 65 6E 73 63 68 6E 69 74 74 10 03 2F 07',
    apdu: '06 D1 17 00 20 20 20 20 20 20 20 20 20 4B 61 73 73 65 6E 73 63 68 6E 69 74 74',
  },
  {
    of: 'status information, 40.00, receipt 175, trace 613995',
    frame:
      '10 02 04 0F 37 27 00 04 00 00 00 00 40 00 49 09 78 0C 09 38 48 0D 04 25 22 F1 F1 59 66 66 66 66 D2 00 21 22 01 00 17 00 01 87 01 75 0B 61 39 95 19 40 29 60 09 99 14 0E 05 12 8A 02 10 03 90 8C',
    apdu: '04 0F 37 27 00 04 00 00 00 00 40 00 49 09 78 0C 09 38 48 0D 04 25 22 F1 F1 59 66 66 66 66 D2 00 21 22 01 00 17 00 01 87 01 75 0B 61 39 95 19 40 29 60 09 99 14 0E 05 12 8A 02',
  },
  {
    of: 'registration with sequence ids',
    frame: '10 02 06 00 14 00 00 00 9E 09 78 06 0C 26 04 0A 02 06 D3 1F 73 03 00 00 00 10 03 59 4F',
    apdu: '06 00 14 00 00 00 9E 09 78 06 0C 26 04 0A 02 06 D3 1F 73 03 00 00 00',
  },
  {
    of: 'registration with sequence ids, completed',
    frame:
      '10 02 06 0F 18 19 00 29 65 00 00 28 49 09 78 06 0C 26 04 0A 02 06 D3 1F 73 03 00 00 00 10 03 FF 26',
    apdu: '06 0F 18 19 00 29 65 00 00 28 49 09 78 06 0C 26 04 0A 02 06 D3 1F 73 03 00 00 00',
  },
  {
    of: 'done, with a sequence id',
    frame: '10 02 80 00 08 06 06 1F 73 03 00 00 01 10 03 89 2D',
    apdu: '80 00 08 06 06 1F 73 03 00 00 01',
  },
  {
    of: 'registration completed, a doubled 10 in the terminal id',
    frame: '10 02 06 0F 0A 19 00 29 29 00 10 10 06 49 09 78 10 03 EF 72',
    apdu: '06 0F 0A 19 00 29 29 00 10 06 49 09 78',
  },
  {
    of: 'failed, 6C',
    frame: '10 02 04 0F 07 27 6C 29 29 00 10 10 06 10 03 B2 57',
    apdu: '04 0F 07 27 6C 29 29 00 10 06',
  },
  { of: 'aborted, 6C', frame: '10 02 06 1E 01 6C 10 03 C9 F2', apdu: '06 1E 01 6C' },
  { of: 'completed, DC', frame: '10 02 06 0F 01 DC 10 03 BD 17', apdu: '06 0F 01 DC' },
  {
    of: 'please wait, to the customer',
    frame: '10 02 04 FF 01 0E 10 03 95 1A',
    apdu: '04 FF 01 0E',
  },
  {
    of: 'registration BE',
    frame: '10 02 06 00 06 00 00 00 BE 09 78 10 03 3C AA',
    apdu: '06 00 06 00 00 00 BE 09 78',
  },
  {
    of: 'registration 3E',
    frame: '10 02 06 00 06 00 00 00 3E 09 78 10 03 52 87',
    apdu: '06 00 06 00 00 00 3E 09 78',
  },
  { of: 'done', frame: '10 02 80 00 00 10 03 F5 1F', apdu: '80 00 00' },
  { of: 'please wait', frame: '10 02 84 9C 00 10 03 C3 41', apdu: '84 9C 00' },
  { of: 'the goods are not out', frame: '10 02 84 66 00 10 03 8D BE', apdu: '84 66 00' },
  {
    of: 'goods for 5.00 are out',
    frame: '10 02 84 9D 07 04 00 00 00 00 05 00 10 03 62 BD',
    apdu: '84 9D 07 04 00 00 00 00 05 00',
  },
  {
    of: 'authorise 10.00, a doubled 10 in the amount',
    frame: '10 02 06 01 07 04 00 00 00 00 10 10 00 10 03 62 91',
    apdu: '06 01 07 04 00 00 00 00 10 00',
  },
  {
    of: 'authorise 12.50',
    frame: '10 02 06 01 0A 04 00 00 00 00 12 50 49 09 78 10 03 13 1D',
    apdu: '06 01 0A 04 00 00 00 00 12 50 49 09 78',
  },
  {
    of: 'authorise 10.00, 60 seconds, ten times',
    frame: '10 02 06 01 0E 04 00 00 00 00 10 10 00 49 09 78 01 3C 02 0A 10 03 40 42',
    apdu: '06 01 0E 04 00 00 00 00 10 00 49 09 78 01 3C 02 0A',
  },
  { of: 'approved', frame: '10 02 04 0F 02 27 00 10 03 83 FE', apdu: '04 0F 02 27 00' },
  { of: 'completed', frame: '10 02 06 0F 00 10 03 C6 33', apdu: '06 0F 00' },
  { of: 'insert card', frame: '10 02 04 FF 01 0A 10 03 F5 7D', apdu: '04 FF 01 0A' },
  {
    of: 'the last payment, silently',
    frame: '10 02 06 20 05 00 00 00 03 03 10 03 DB 15',
    apdu: '06 20 05 00 00 00 03 03',
  },
  {
    of: 'reverse receipt 42',
    frame: '10 02 06 30 06 00 00 00 87 00 42 10 03 CC C0',
    apdu: '06 30 06 00 00 00 87 00 42',
  },
  { of: 'status enquiry', frame: '10 02 05 01 00 10 03 10 06', apdu: '05 01 00' },
  { of: 'ready, without a version', frame: '10 02 06 0F 01 00 10 03 26 E1', apdu: '06 0F 01 00' },
  {
    of: 'pre-authorise 20.00',
    frame: '10 02 06 22 0A 04 00 00 00 00 20 00 49 09 78 10 03 A0 1C',
    apdu: '06 22 0A 04 00 00 00 00 20 00 49 09 78',
  },
  {
    of: 'book 12.50',
    frame: '10 02 06 24 0A 87 00 42 04 00 00 00 00 12 50 10 03 D5 2D',
    apdu: '06 24 0A 87 00 42 04 00 00 00 00 12 50',
  },
  {
    of: 'release 7.50',
    frame: '10 02 06 23 0A 87 00 42 04 00 00 00 00 07 50 10 03 BE 89',
    apdu: '06 23 0A 87 00 42 04 00 00 00 00 07 50',
  },
  {
    of: 'cancel a pre-authorisation',
    frame: '10 02 06 25 03 87 00 42 10 03 E4 E9',
    apdu: '06 25 03 87 00 42',
  },
  {
    of: 'open pre-authorisations?',
    frame: '10 02 06 23 03 87 FF FF 10 03 FB BD',
    apdu: '06 23 03 87 FF FF',
  },
  {
    of: 'none open',
    frame: '10 02 06 1E 04 B8 87 FF FF 10 03 B6 4B',
    apdu: '06 1E 04 B8 87 FF FF',
  },
  {
    of: '42 is open',
    frame: '10 02 06 1E 04 B8 87 00 42 10 03 53 07',
    apdu: '06 1E 04 B8 87 00 42',
  },
  { of: 'end of day', frame: '10 02 06 50 03 00 00 00 10 03 FB 37', apdu: '06 50 03 00 00 00' },
  { of: 'abort', frame: '10 02 06 B0 00 10 03 43 F3', apdu: '06 B0 00' },
  { of: 'log off', frame: '10 02 06 02 00 10 03 B9 CC', apdu: '06 02 00' },
]
