import { expect, test } from "vitest";
import { type Particle, withParticle } from "../../src/wording/particle.ts";

const cases: readonly [word: string, particle: Particle, written: string][] = [
  ["모니터", "은/는", "모니터는"],
  ["노트북", "은/는", "노트북은"],
  ["키보드", "을/를", "키보드를"],
  ["마우스", "이/가", "마우스가"],
  ["조명", "이/가", "조명이"],
  ["책상", "과/와", "책상과"],
  ["의자", "과/와", "의자와"],
  ["서울", "으로/로", "서울로"],
  ["부산", "으로/로", "부산으로"],
  ["제주", "으로/로", "제주로"],
  ["노트북", "이에요/예요", "노트북이에요"],
  ["모니터", "이에요/예요", "모니터예요"],
  // digits as they are read
  ["맥북 3", "은/는", "맥북 3은"],
  ["맥북 4", "은/는", "맥북 4는"],
  ["맥북 10", "은/는", "맥북 10은"],
  ["맥북 1", "으로/로", "맥북 1로"],
  ["맥북 3", "으로/로", "맥북 3으로"],
  ["2.5", "이에요/예요", "2.5예요"],
  ["100", "이에요/예요", "100이에요"],
  // money
  ["₩89,005", "이에요/예요", "₩89,005이에요"],
  ["₩89,000", "으로/로", "₩89,000으로"],
  ["$89.50", "이에요/예요", "$89.50예요"],
  ["$90.00", "은/는", "$90.00는"],
  // units and letters
  ["1.24kg", "이에요/예요", "1.24kg이에요"],
  ["120cm", "이에요/예요", "120cm예요"],
  ["512GB", "은/는", "512GB는"],
  ["65W", "은/는", "65W는"],
  ["100%", "이에요/예요", "100%예요"],
  ["USB-C", "은/는", "USB-C는"],
  ["LCD TV", "을/를", "LCD TV를"],
  ["XL", "으로/로", "XL로"],
  ["RAM", "이/가", "RAM이"],
  // Latin words by their usual transcription
  ["MacBook", "은/는", "MacBook은"],
  ["Laptop", "은/는", "Laptop은"],
  ["iPhone", "을/를", "iPhone을"],
  ["Cable", "으로/로", "Cable로"],
  ["Apple", "은/는", "Apple은"],
  ["Monitor", "은/는", "Monitor는"],
  ["Air", "은/는", "Air는"],
  ["Box", "이/가", "Box가"],
  ["Screen", "이/가", "Screen이"],
  // what is not read aloud
  ["모니터(27인치)", "은/는", "모니터(27인치)는"],
  ['"노트북"', "으로/로", '"노트북"으로'],
  ["", "은/는", "는"],
  ["☕", "은/는", "☕는"],
];

test.each(cases)("%s with %s is %s", (word, particle, written) => {
  expect(withParticle(word, particle)).toBe(written);
});
