/** Kinds of goods: a reply names one only where a source does, or the counterpart asked for it. */
export const GOODS: ReadonlySet<string> = new Set(
  `mouse mice keyboard keyboards laptop laptops monitor monitors chair chairs desk desks lamp lamps cable cables charger chargers headset headsets headphone headphones earbud earbuds earphone earphones printer printers kettle kettles grinder grinders sleeve sleeves bag bags mug mugs tablet tablets phone phones camera cameras dock docks hub hubs webcam webcams pad mat mats stand stands coffee beans machine machines speaker speakers battery batteries drive microphone mic footrest headband pen notebook notebooks computer computers bottle cushion
노트북 마우스 모니터 의자 책상 조명 램프 케이블 충전기 헤드셋 헤드폰 이어폰 그라인더 주전자 저울 가방 태블릿 카메라 키보드 스피커 스마트폰 소파 테이블 커피 원두 프린터 복합기 배터리 슬리브 파우치 데스크 드라이브 컴퓨터 보조배터리 전구 머그 매트 거치대 스탠드`.split(
    /\s+/,
  ),
);
