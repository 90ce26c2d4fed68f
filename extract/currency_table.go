// SPDX-License-Identifier: Apache-2.0

package extract

// currencyCodes are the ISO 4217 codes in use (list one, 2024) and the retired
// ones that older copy still quotes (list three), with BTC, which is not in it.
const currencyCodes = `
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF
CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL
ATS BEF DEM ESP FIM FRF GRD IEP ITL NLG PTE HRK EEK LVL LTL MTL CYP SIT SKK BTC`

// weakCodes are codes that are words, names or technical abbreviations too: they
// count only beside a number that looks like money (a scale, grouping, two
// decimals) and never in lower case.
const weakCodes = `
ALL TOP TRY CUP PEN MAD BOB RON SOS GEL LAK MOP BAM COP CAD SAR ANG AMD STN PAB NAD ERN ETB SIT CYP LSL LTL
MMK PHP SCR SLE SHP TND MUR BIF GNF DJF FIM BEF SDG SSP MGA CVE BSD NIO CRC ATS ESP`

// retiredCodes are read only where the figure itself names the country: no
// publisher of today means them by a bare mark.
const retiredCodes = `ATS BEF CYP DEM EEK ESP FIM FRF GRD HRK IEP ITL LTL LVL MTL NLG PTE SIT SKK`

// currencyFamilies are names that several countries use for their money. A line
// is the name, the usual reading ("-" where there is none) and the currency by
// ISO 3166 country.
const currencyFamilies = `
dollar USD US=USD AU=AUD CA=CAD NZ=NZD HK=HKD SG=SGD TW=TWD JM=JMD BB=BBD BS=BSD BZ=BZD FJ=FJD GY=GYD NA=NAD TT=TTD ZW=ZWL BM=BMD KY=KYD LR=LRD SB=SBD XC=XCD
cent USD US=USD AU=AUD CA=CAD NZ=NZD HK=HKD SG=SGD TW=TWD ZA=ZAR KE=KES EU=EUR IE=EUR DE=EUR FR=EUR NL=EUR IT=EUR ES=EUR BE=EUR AT=EUR FI=EUR PT=EUR GR=EUR MT=EUR CY=EUR
pound GBP GB=GBP IE=IEP EG=EGP LB=LBP SY=SYP SD=SDG SS=SSP CY=CYP MT=MTL GI=GIP FK=FKP SH=SHP
euro EUR
yen JPY
yuan CNY
rupee INR IN=INR PK=PKR LK=LKR NP=NPR MU=MUR SC=SCR
franc CHF CH=CHF FR=FRF BE=BEF RW=RWF CD=CDF BI=BIF DJ=DJF GN=GNF XF=XAF
peso - AR=ARS MX=MXN PH=PHP CL=CLP CO=COP CU=CUP UY=UYU DO=DOP
krone SEK SE=SEK NO=NOK DK=DKK IS=ISK EE=EEK
crown CZK CZ=CZK SE=SEK NO=NOK DK=DKK IS=ISK SK=SKK
dinar - KW=KWD JO=JOD IQ=IQD RS=RSD DZ=DZD TN=TND LY=LYD BH=BHD MK=MKD
riyal SAR SA=SAR QA=QAR OM=OMR YE=YER IR=IRR
rial IRR IR=IRR OM=OMR YE=YER SA=SAR QA=QAR
dirham AED AE=AED MA=MAD
lira TRY TR=TRY IT=ITL MT=MTL
shilling KES KE=KES UG=UGX TZ=TZS SO=SOS
rouble RUB RU=RUB BY=BYN
mark DEM DE=DEM FI=FIM
grand USD US=USD GB=GBP AU=AUD CA=CAD NZ=NZD IE=EUR ZA=ZAR
won KRW KR=KRW KP=KPW
real BRL
rand ZAR
sol PEN
`

// currencyWords are the words for money that stand after a number. A line is a
// family or a code, a rule, and the words. The rules: "minor" is a hundredth of
// the unit; "need" wants an adjective of nationality or a scale word before it and
// "lower" a small letter, since the word has other meanings.
const currencyWords = `
pound major pound pounds
pound slang quid
pound minor pence penny p
dollar major dollar dollars
dollar slang buck bucks
grand grand grand
cent minor cent cents
euro major euro euros
yen major yen
yuan major yuan renminbi rmb kuai
rupee major rupee rupees
rupee minor paise paisa
franc major franc francs
peso major peso pesos
krone major krone kroner krona kronor
crown need crown crowns koruna korunas korun koruny
dinar major dinar dinars
riyal major riyal riyals
rial major rial rials
dirham major dirham dirhams
lira major lira liras lire
shilling major shilling shillings
rouble major rouble roubles ruble rubles
rouble minor kopek kopeks kopeck kopecks
mark need mark marks
mark major deutschmark deutschmarks deutschemark deutschemarks markka markkaa
won need won
real major reais
real need real
rand lower rand
sol need sol soles
PLN major zloty zlotys zlotych złoty złotych złote
HUF major forint forints
NGN major naira
GHS major cedi cedis
ILS major shekel shekels
THB major baht
MYR major ringgit ringgits
MYR minor sen
IDR major rupiah rupiahs
VND lower dong
ESP major peseta pesetas
PTE major escudo escudos
NLG major guilder guilders
RON major lei leu
BGN major lev leva
UAH major hryvnia hryvnias hryvnya
KZT major tenge
ZMW major kwacha
ETB major birr
MMK major kyat kyats
BDT major taka
KHR major riel riels
LAK need kip
MNT major tugrik tugriks
VES major bolivar bolivars bolivares
CRC major colones
GTQ major quetzal quetzales
HNL major lempira lempiras
PYG major guarani guaranis guaraníes
NIO major cordobas córdobas
HTG need gourde gourdes
BWP major pula
MZN major metical meticais
AMD need dram drams
GEL need lari
AZN need manat
GRD major drachma drachmas drachmae
EGP major geneh
AOA need kwanza kwanzas
HRK major kuna
LKR major ரூ
BTC major bitcoin bitcoins
JPY major 円
CNY major 元
KRW major 원
`

// currencySigns are the marks that are no words: a symbol, or letters with a
// symbol. A line is the mark as it stands in lower case, the family or code.
const currencySigns = `
£ pound
€ EUR
¥ yen
₹ INR
₨ INR
₩ KRW
₽ RUB
₺ TRY
₦ NGN
₪ ILS
₫ VND
₭ LAK
₱ PHP
₴ UAH
₡ CRC
₲ PYG
₵ GHS
₸ KZT
₮ MNT
₾ GEL
₼ AZN
₿ BTC
฿ THB
៛ KHR
৳ BDT
﷼ IRR
₤ pound
؋ AFN
$ dollar
¢ cent
us$ USD
usd$ USD
a$ AUD
au$ AUD
aus$ AUD
aud$ AUD
c$ CAD
ca$ CAD
can$ CAD
cad$ CAD
cdn$ CAD
hk$ HKD
hkd$ HKD
nz$ NZD
nzd$ NZD
s$ SGD
sg$ SGD
sgd$ SGD
r$ BRL
brl$ BRL
nt$ TWD
ntd$ TWD
tw$ TWD
mx$ MXN
mex$ MXN
mxn$ MXN
rd$ DOP
j$ JMD
ja$ JMD
tt$ TTD
bz$ BZD
b$ BSD
bds$ BBD
ec$ XCD
fj$ FJD
g$ GYD
gy$ GYD
n$ NAD
l$ LRD
z$ ZWL
zw$ ZWL
zim$ ZWL
ar$ ARS
ars$ ARS
cl$ CLP
clp$ CLP
co$ COP
col$ COP
cop$ COP
ur$ UYU
cn¥ CNY
rmb¥ CNY
jp¥ JPY
ir£ IEP
e£ EGP
le£ EGP
gh₵ GHS
gh¢ GHS
`

// currencyPrefixes are words and abbreviations that stand before a number, some
// of them after it too. A line is the family or code, the rule, and the marks in
// lower case: "loose" may be written in any case and apart; "glued" only without
// a space and with a capital; "tail" only after a number; "tag" only where the
// text is nothing but a price.
const currencyPrefixes = `
rupee loose rs rupees
MYR glued rm
IDR loose rp
krone loose kr
CZK loose kč
PLN loose zł zl
HUF tail ft
TRY tail tl
AED loose dhs dh
BGN loose лв
RUB loose руб
RUB tail рублей рубля р
UAH loose грн
UAH tail гривень
EUR tail евро ευρώ
shilling glued sh shs ksh kshs
UGX loose ush ushs
TZS loose tsh tshs tzsh
BDT loose tk
CHF loose sfr sfrs
XAF loose fcfa cfa
rand glued r
NGN glued n
BTN tag nu
EGP tail le
GTQ tag q
PEN tag s
PAB tag b
HNL tag l
VES tag bs
RSD tag din дин
BAM tag km
MKD tag ден
MZN tag mt
PYG tag gs
HRK tag kn
AZN tag ман
ANG loose ƒ
`

// nationalities are the words before a currency's name, or elsewhere in the text,
// that tell the country. A line is the ISO 3166 code (EU for the euro's area, XF
// for the CFA franc's, XC for the East Caribbean) and words: names and adjectives.
// For names of two words it is the telling one.
const nationalities = `
US us usa american america
GB uk british britain sterling
IE irish ireland
EU european
AU australian australia aussie
CA canadian canada
NZ zealand kiwi
HK kong hong
SG singapore singaporean
TW taiwan taiwanese
JM jamaican jamaica
BB barbados barbadian
BS bahamian bahamas
BZ belize
FJ fiji fijian
GY guyana guyanese
NA namibia namibian
TT trinidad
ZW zimbabwe zimbabwean
LR liberian
XC caribbean
EG egypt egyptian
LB lebanon lebanese
SY syria syrian
SD sudan sudanese
CY cyprus cypriot
MT maltese
GI gibraltar
FK falkland falklands
IN india indian
PK pakistan pakistani
LK lanka lankan
NP nepal nepalese nepali
MU mauritius mauritian
SC seychelles
CH swiss switzerland
FR french france
BE belgian belgium
RW rwanda rwandan
CD congolese congo
BI burundi
DJ djibouti
GN guinean
XF cfa
AR argentina argentine argentinian argentinas argentinean
MX mexico mexican
PH philippine philippines filipino
CL chile chilean
CO colombia colombian
CU cuba cuban
UY uruguay uruguayan
DO dominican
SE sweden swedish
NO norway norwegian
DK denmark danish
IS iceland icelandic
EE estonian
CZ czech
SK slovak
KW kuwait kuwaiti
JO jordan jordanian
IQ iraq iraqi
RS serbia serbian
DZ algeria algerian
TN tunisia tunisian
LY libya libyan
BH bahrain bahraini
MK macedonia macedonian
SA saudi
QA qatar qatari
OM oman omani
YE yemen yemeni
IR iran iranian
AE uae emirati
MA morocco moroccan
TR turkey turkish
IT italy italian
KE kenya kenyan
UG uganda ugandan
TZ tanzania tanzanian
SO somalia somali
RU russia russian
BY belarus belarusian
DE german germany deutsche
FI finland finnish
KR korea korean
BR brazil brazilian
ZA african
PE peru peruvian
VN vietnam vietnamese
LA lao laos
HT haiti haitian
AM armenian
GE georgian
AZ azerbaijani
AO angola angolan
JP japan japanese
CN china chinese
MY malaysia malaysian
NG nigeria nigerian
GH ghana ghanaian
PL poland polish
HU hungary hungarian
IL israel israeli
TH thai thailand
ID indonesia indonesian
ES spain spanish
PT portugal portuguese
NL dutch netherlands
RO romania romanian
BG bulgaria bulgarian
UA ukraine ukrainian
KZ kazakh
ZM zambia zambian
ET ethiopia ethiopian
BW botswana
GR greek greece
`

// dotGrouping are currencies whose figures are printed with a point between
// thousands ("Rp 31.500"): a point and three digits is read so. In all others it
// is a decimal ("$20.500").
const dotGrouping = `EUR IDR VND CLP COP ARS PYG BRL DKK ISK RSD HUF RON TRY`

// tagGrouping are more of them, of which wires quote rates of exchange to three
// decimals: thousands only where the text is a bare price.
const tagGrouping = `SEK NOK CZK PLN RUB UAH BGN HRK MDL KZT CRC UYU BOB`
