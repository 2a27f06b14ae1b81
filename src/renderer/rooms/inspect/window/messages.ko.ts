import type { Translation } from '../../../i18n/messages'
import type { en } from './messages.en'

export const ko: Translation<typeof en> = {
  title: '끝이 같은 두 앞글',
  make: '선택한 단계에서 만들기',
  find: '글에서 찾기 ({count})',
  part: { first: '첫째 앞글의 앞부분', second: '둘째 앞글의 앞부분', shared: '둘 다의 끝부분' },
  first: '첫째 앞글 다음',
  second: '둘째 앞글 다음',
  role: { window: '고정 창(순방향 신경망)', recurrent: '순환 신경망' },
  missing: {
    window: '고정 창 기록이 아직 없습니다. 학습 방에서 셀을 고정 창으로 하여 같은 글로 학습해 주십시오.',
    recurrent: '순환 셀을 쓰는 기록이 아직 없습니다. 같은 글로 학습해 주십시오.',
  },
  equal: {
    window: '두 답이 마지막 자리까지 같습니다. 두 앞글을 구별하지 못합니다.',
    recurrent: '두 답이 같습니다. 서로 달랐던 것이 은닉 상태에 남아 있지 않습니다.',
  },
  differ:
    '첫째 다음에는 “{first}” ({firstProbability}), 둘째 다음에는 “{second}” ({secondProbability}). 가장 크게 다른 글자는 “{symbol}”, {points}퍼센트포인트 차이.',
  waiting: '아직 답이 없습니다.',
  same: '두 앞글이 같습니다. 하나를 바꿔 보십시오.',
  within: '마지막 글자 {shared}개가 같고 창은 {window}개를 봅니다. 다른 부분은 모두 창보다 앞에 있습니다.',
  beyond: '마지막 글자 {shared}개만 같고 창은 {window}개를 봅니다. 다른 부분이 아직 창 안에 있습니다.',
  noTwins: '이 글에는 앞의 글자 {window}개가 같고 다음 글자가 다른 두 곳이 없습니다. 더 긴 글에는 있을 수 있습니다.',
  continued: '글에서는 첫째 자리에 “{first}”, 둘째 자리에 “{second}” 글자가 이어집니다.',
}
