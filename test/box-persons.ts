// Who may open the maintenance mode of a kiosk in a box, one of each role. Their PINs are hashed as cheaply as the format allows.

export const boxPersons = {
  technician: { number: '4711', pin: '2580' },
  collector: { number: '2001', pin: '1379' },
  supervisor: { number: '3001', pin: '1470' },
} as const

export const boxService = {
  persons: [
    {
      number: '4711',
      name: 'Technician',
      role: 'technician',
      pin: 'scrypt:10:1BDVIXNSsHSqjxKbVRDxqQ:1f7Pe7iZKmk06KKHp_3_nTeDVZgEZf1nhNC3fCjEGWA',
    },
    {
      number: '2001',
      name: 'Collector',
      role: 'cash collector',
      pin: 'scrypt:10:bdVMTMuhimpOcSEmHrnfLA:vVZQqPe8TA2OayZVLbcy2u63wG_UXLQ9u9sutmRqhsE',
    },
    {
      number: '3001',
      name: 'Supervisor',
      role: 'supervisor',
      pin: 'scrypt:10:fHusUGL9VYn5loo-pOw6Ig:34v4Jicf7uhi3ViBJcqhX2GRrrw2AGYSmUUXeQSivqc',
    },
  ],
  twoForCashBox: true,
}
