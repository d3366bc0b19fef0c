/**
 * Names of one kind of thing, a row each, in both languages: who says one is shown what is called by another. Rows are
 * about kinds of goods, what they are like and how well-known makes are written, never about one shop: a vendor's own names
 * for its products are their aliases.
 */
export const SYNONYM_ROWS = `
laptop, notebook, notebook computer, laptop computer, 노트북
desktop, desktop pc, desktop computer, pc, 데스크톱, 데스크탑
computer, pc, 컴퓨터
gaming, gamer, 게이밍, 게임용
tablet, tablet pc, 태블릿
monitor, computer display, 모니터
tv, tvs, television, 티비, 텔레비전
smartphone, mobile phone, cell phone, cellphone, 휴대폰
phone, telephone, 전화기
smartwatch, smart watch, 스마트워치
headphone, headset, 헤드폰, 헤드셋
earphone, earbud, in ear headphone, 이어폰, 이어버드
speaker, loudspeaker, 스피커
soundbar, sound bar, 사운드바
microphone, mic, 마이크
webcam, web camera, pc camera, 웹캠
camera, 카메라
lens, 렌즈
tripod, 삼각대
projector, beamer, 프로젝터, 빔프로젝터
projection screen, projector screen, 스크린
printer, 프린터
laser printer, laserjet, 레이저 프린터
inkjet printer, inkjet, 잉크젯
multifunction printer, multifunctional, mfp, all in one printer, 복합기
scanner, 스캐너
toner, toner cartridge, 토너
ink, ink cartridge, 잉크
keyboard, 키보드
mouse, mice, 마우스
mouse pad, mousepad, mouse mat, 마우스패드
hub, usb hub, 허브
docking station, dock, 도킹스테이션, 도킹 스테이션
usb stick, usb flash drive, flash drive, memory stick, thumb drive, pen drive, usb 메모리
memory card, sd card, microsd, 메모리카드, 메모리 카드
hard drive, hard disk, hard disk drive, hdd, 하드디스크
ssd, solid state drive
dvd drive, dvd writer, dvd burner, optical drive, optical disc drive
external, portable, 외장
memory, ram, memory module, 메모리, 램
graphics card, video card, gpu, 그래픽카드, 그래픽 카드
processor, cpu, 프로세서
motherboard, mainboard, 메인보드
router, 공유기, 라우터
wifi, wlan, wireless lan, 와이파이
network switch, ethernet switch, 스위칭허브
power bank, powerbank, portable charger, portable battery, 보조배터리, 보조 배터리
charger, charging adapter, power adapter, 충전기
cable, cord, lead, 케이블
power strip, extension lead, 멀티탭
battery, accumulator, 배터리, 건전지
adapter, adaptor, 어댑터
flashlight, torch, 손전등
lamp, 램프
case, cover, 케이스, 커버
sleeve, pouch, 파우치
bag, carrying case, 가방
backpack, rucksack, 백팩
screen protector, protective film, 보호필름
stand, holder, mount, 거치대, 스탠드, 받침대
bracket, mount, 브래킷
game console, console, 게임기
game controller, gamepad, controller, joypad, 게임패드, 컨트롤러
playstation, 플레이스테이션
playstation 5, ps5
playstation 4, ps4
playstation 3, ps3
video game, game, 게임
wireless, cordless, 무선
wired, corded, 유선
bluetooth, 블루투스
noise cancelling, noise canceling, anc, 노이즈캔슬링, 노이즈 캔슬링
mechanical, 기계식
ergonomic, 인체공학
portable, 휴대용
rechargeable, 충전식
foldable, folding, 접이식
adjustable, height adjustable, 높이조절, 높이 조절
waterproof, water resistant, 방수
quiet, silent, 저소음, 무소음
touchscreen, touch screen, 터치스크린
curved, 커브드
desk, table, 책상
standing desk, sit stand desk, height adjustable desk, 스탠딩 데스크, 모션데스크
chair, 의자
stool, 스툴
couch, sofa, 소파
shelf, shelving, 선반
cabinet, 캐비닛, 수납장
mattress, 매트리스
coffee maker, coffee machine, 커피메이커, 커피머신
espresso machine, 에스프레소 머신
coffee, 커피
coffee bean, bean, 원두
coffee grinder, grinder, 그라인더
kettle, 주전자, 포트
microwave, microwave oven, 전자레인지
oven, 오븐
fridge, refrigerator, 냉장고
freezer, 냉동고
washing machine, washer, 세탁기
dryer, tumble dryer, 건조기
dishwasher, 식기세척기
vacuum, vacuum cleaner, hoover, 청소기, 진공청소기
robot vacuum, robotic vacuum, 로봇청소기
air purifier, air cleaner, 공기청정기
humidifier, 가습기
dehumidifier, 제습기
fan, ventilator, 선풍기
heater, radiator, 히터
hair dryer, hairdryer, 드라이어
shaver, razor, 면도기
toothbrush, 칫솔
iron, 다리미
toaster, 토스터
blender, mixer, 믹서기, 블렌더
cup, mug, 머그, 머그컵
bottle, flask, 물병, 텀블러
paper, 용지
sticky note, post it, 포스트잇
pen, ballpoint, 펜
stapler, 스테이플러
shredder, paper shredder, 세단기
whiteboard, white board, 화이트보드
calculator, 계산기
toy, 장난감
doll, 인형
puzzle, jigsaw, 퍼즐
board game, 보드게임
bicycle, bike, 자전거
umbrella, 우산
sneaker, trainer, 운동화
t shirt, tee, 티셔츠
filter, 필터
gift, present, 선물
apple, 애플
samsung, 삼성
lg, 엘지
sony, 소니
hp, 휴렛팩커드
lenovo, 레노버
asus, 아수스, 에이수스
dell, 델
msi, 엠에스아이
intel, 인텔
canon, 캐논
epson, 엡손
nikon, 니콘
philips, 필립스
logitech, 로지텍
microsoft, 마이크로소프트
xiaomi, 샤오미
huawei, 화웨이
dyson, 다이슨
nintendo, 닌텐도
iphone, 아이폰
ipad, 아이패드
ipod, 아이팟
macbook, 맥북
airpods, 에어팟
galaxy, 갤럭시
xbox, 엑스박스
windows, 윈도우, 윈도우즈
android, 안드로이드
`;
