// The frame in Chinese.
import type { FrameWords } from './frame-words.ts'

export const frameZh: FrameWords = {
  console: '控制台',
  skip: '跳到页面内容',
  areas: '功能区',
  menu: '菜单',
  closeMenu: '关闭菜单',
  language: '语言',
  appearance: '外观',
  appearances: { system: '跟随设备', day: '浅色', night: '深色', contrast: '高对比度' },
  you: '您',
  ownPassword: '修改密码',
  signOut: '退出登录',
  awaiting: (count) => `${count} 项待您审批`,
  opening: '请稍候',
  silent: (since) => `自 ${since} 起中心没有应答。您看到的是此前的内容；恢复后页面会自动继续。`,
  sessionEnds: (time) => `您的会话将于 ${time} 结束。请完成正在填写的内容并重新登录。`,
  notFound: {
    title: '没有这个页面',
    told: '地址可能有误，或其所指的内容已不存在。',
    home: '返回首页',
  },
  notAllowed: { title: '您的角色无权查看此页', told: '如工作需要，请联系管理员。' },
  notLoaded: {
    title: '页面未能载入',
    told: '线路可能中断，或控制台在您打开之后已更新。',
    again: '重新载入',
  },
  signIn: {
    title: '登录',
    over: '您的会话已结束。登录后即可回到原来的页面。',
    name: '用户名',
    password: '密码',
    showPassword: '显示密码',
    submit: '登录',
    promise: '您在此查看和处理的客户与资金信息都会留下记录。',
  },
}
