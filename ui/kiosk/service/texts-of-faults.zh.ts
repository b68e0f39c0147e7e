// 中文: every fault by its name in a few words, and what to do about it in one sentence.
import type { FaultTexts } from './texts.ts'

export const faultTexts: FaultTexts = {
  cardReader: {
    'no reader': { name: '未找到读卡器', todo: '检查读卡器电缆两端；如仍未恢复，请更换读卡器。' },
    'no card service': {
      name: '读卡服务未运行',
      todo: '它会自行重新启动；一分钟后仍未恢复，请重启终端。',
    },
  },
  noteAcceptor: {
    'not answering': {
      name: '纸币器无应答',
      todo: '检查电源和电缆；如仍无应答，请更换纸币器。',
    },
    'wrong unit': {
      name: '不是登记的纸币器',
      todo: '装回登记的纸币器，或登记新的；如无人更换过，请立即上报。',
    },
    'cash box full': { name: '钱箱已满', todo: '更换钱箱；在此之前终端仍接受其他付款方式。' },
    'cash box removed': {
      name: '钱箱未装',
      todo: '将钱箱推入至卡紧；如不是您取出的，请立即上报。',
    },
    jam: {
      name: '卡钞',
      todo: '打开纸币通道，取出卡住的纸币，写上时间并妥善保管，然后关闭通道。',
    },
    'fraud attempt': {
      name: '疑似作弊',
      todo: '检查纸币通道内有无线绳或异物，拍照并上报。',
    },
    'path open': { name: '纸币通道打开', todo: '合上纸币器头部至卡紧。' },
    'not trusted': {
      name: '纸币器密钥不符',
      todo: '核对其固定密钥，或重新调试纸币器；在此之前不收纸币。',
    },
    broken: {
      name: '纸币器损坏',
      todo: '清洁传感器并断电重启；如故障再现，请更换纸币器。',
    },
  },
  receiptPrinter: {
    'not answering': { name: '打印机无应答', todo: '检查电源和电缆，并断电重启。' },
    'paper low': { name: '纸将用尽', todo: '请在用尽之前换上新纸卷。' },
    'paper out': { name: '缺纸', todo: '装入新纸卷，纸头越过打印头，然后合上盖子。' },
    'cover open': { name: '打印机盖打开', todo: '合上盖子至卡紧。' },
    offline: { name: '打印机已脱机', todo: '按一次打印机上的按键。' },
    cutter: { name: '切刀卡住', todo: '打开盖子，清除切刀旁的纸屑，再合上盖子。' },
    'too hot': { name: '打印头过热', todo: '请等待：几分钟后会自行冷却。' },
    broken: { name: '打印机损坏', todo: '断电重启；如故障再现，请更换打印机。' },
  },
  bankTerminal: {
    'not answering': {
      name: '刷卡机无应答',
      todo: '检查电源和电缆，然后断电重启；进行中的付款之后会自动查询。',
    },
    'wrong terminal': {
      name: '不是登记的刷卡机',
      todo: '装回登记的刷卡机，或登记新的；如无人更换过，请立即上报。',
    },
    'not suitable': {
      name: '刷卡机设置不当',
      todo: '请银行的维护方设置自助售货模式、币种和密码。',
    },
    'not ready': {
      name: '刷卡机未就绪',
      todo: '终端会自动处理；十分钟后仍未就绪，请断电重启。',
    },
    'card left inside': { name: '刷卡机内有遗留的卡', todo: '取出卡片，按遗失物品上交。' },
    'no connection': {
      name: '无法连接银行',
      todo: '检查刷卡机的网络；下一笔付款得到银行应答后自动恢复。',
    },
    'day not ended': {
      name: '刷卡机未日结',
      todo: '终端会自动日结；如仍未恢复，请在刷卡机上日结。',
    },
    broken: {
      name: '刷卡机损坏',
      todo: '断电重启并运行诊断；如故障再现，请更换刷卡机。',
    },
  },
  journal: {
    'not written': {
      name: '日志无法写入',
      todo: '不要删除任何内容：凭屏幕上的编号致电营业厅，然后更换磁盘。',
    },
  },
  disk: {
    full: {
      name: '磁盘已满',
      todo: '确认日志已上传，再由营业厅清理空间；请勿自行删除。',
    },
  },
  door: {
    'door open': { name: '柜门开启', todo: '请关好柜门和钱箱门；若无人打开过，请致电营业厅。' },
  },
  serviceSwitch: {
    'not answering': {
      name: '维护钥匙开关无响应',
      todo: '重新插好钥匙开关；如仍无响应，请用管理卡进入并更换。',
    },
  },
  centre: {
    away: { name: '无法连接售电中心', todo: '检查终端网络；如其他终端也已停止，营业厅已知晓。' },
  },
}
