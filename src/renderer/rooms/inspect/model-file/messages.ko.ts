import type { Translation } from '../../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {
  open: '모델 파일 열기…',
  drop: '.safetensors 파일을 이곳에 끌어다 놓아도 됩니다.',
  oneAtATime: '모델 파일은 한 번에 하나씩 놓아 주십시오.',
  opened: '모델을 열어 기록에 남겼습니다: {name}',
  title: '이 모델이 읽는 문자를 알려 주십시오',
  about:
    '{name}에는 신경망({cell}, 유닛 {hidden}개)의 텐서만 들어 있습니다. 출력층의 행 {symbols}개가 각각 어떤 문자를 뜻하는지, 행 순서대로 알려 주십시오.',
  kind: '하나씩 읽는 단위',
  kinds: { character: '글자', jamo: '자모', byte: '바이트' },
  symbols: '행 순서대로 적은 문자',
  count: '{symbols}개 중 {count}개',
  sorted: '텍스트에서 가져오면 문자를 코드 포인트순으로 늘어놓습니다. 줄바꿈도 문자 하나로 셉니다.',
  twice: '두 번 나오는 문자가 있습니다: ‘{symbol}’. 문자마다 행은 하나입니다.',
  fewer: '문자 {count}개가 모자랍니다.',
  more: '문자 {count}개가 남습니다.',
  fromText: '학습한 텍스트에서 가져오기…',
  ofText: '‘{name}’에는 서로 다른 문자가 {count}개 있습니다.',
  bytes: '0번 행은 바이트 00, 255번 행은 바이트 ff입니다.',
  take: '모델 열기',
}
