import type { Translation } from '../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {
  look: {
    title: '모양',
    theme: '테마',
    themes: { system: '시스템 설정', light: '밝게', dark: '어둡게' },
    language: '언어',
    languages: { system: '시스템 설정', en: 'English', ko: '한국어' },
    motion: '움직임',
    motions: { system: '시스템 설정', reduced: '줄이기' },
    motionHelp: '움직임을 줄이면 저절로 재생되는 것이 없고, 회상은 한 단계씩 보여 줍니다.',
  },
  data: {
    title: '자료',
    help: '모든 기록과 모델, 그림은 이 컴퓨터의 이 폴더에만 있습니다. 자료를 지우려면 프로그램을 닫고 폴더를 삭제하십시오.',
    open: '폴더 열기',
  },
  about: {
    title: '정보',
    version: 'Engram Lab {version}',
    text: '기억하는 신경망을 위한 오프라인 연구실입니다. 네트워크도 계정도 필요하지 않습니다.',
    cores: '프로세서 코어',
    kernel: '커널',
  },
}
