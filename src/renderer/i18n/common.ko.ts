import type { en } from './common.en'
import type { Translation } from './messages'

export const ko: Translation<typeof en> = {
  app: { name: 'Engram Lab' },
  rooms: {
    recall: '회상',
    train: '학습',
    inspect: '관찰',
    runs: '기록',
    settings: '설정',
    label: '방',
  },
  status: {
    label: '상태',
    idle: '실행 중인 작업 없음',
    training: '학습 중',
    experiment: '실험 중',
    paused: '일시 정지',
    percent: '{percent} %',
    left: '약 {duration} 남음',
    kernel: '커널 {kernel}',
    kernelAutomatic: '커널 자동 선택',
    speed: '초당 {speed}자',
  },
  waiting: {
    one: '기다리는 학습 1개: {name}, {total}단계 중 {step}단계',
    many: '기다리는 학습 {count}개, 가장 최근: {name}, {total}단계 중 {step}단계',
    resume: '계속',
    resumeLabel: '{name} 계속',
    hide: '다음에 열 때까지 숨기기',
  },
  further: { title: '이어서 학습', until: '마지막 단계', action: '이어서 학습' },
  duration: { seconds: '{count}초', minutes: '{count}분', hours: '{count}시간' },
  run: {
    status: {
      queued: '대기',
      running: '실행 중',
      paused: '일시 정지',
      finished: '완료',
      stopped: '중지',
      diverged: '발산',
      crashed: '오류로 종료',
      interrupted: '중단',
    },
    elsewhere: '다른 프로세스에서 실행',
  },
  actions: {
    cancel: '취소',
    dismiss: '닫기',
    settingsColumn: '이 방의 설정',
  },
  saving: { picture: '그림으로 저장', table: '표로 저장(CSV)', saved: '저장함: {name}' },
  files: { oneDrawing: '패턴과 그림은 파일을 하나씩 가져오십시오.' },
  chart: {
    step: '단계',
    best: '최저 손실 {step}단계',
    range: '점마다 최소–최대',
    signed: '{low}부터 {high}까지의 부호 있는 값',
  },
}
