//! Tests of numbers and amounts in words.

use super::*;

#[track_caller]
fn numbers(tag: &str, expected: &[(u64, &str)]) {
    let locale: Locale = tag.parse().unwrap();
    for (n, words) in expected {
        assert_eq!(locale.integer_in_words(*n).as_deref(), Some(*words), "{tag} {n}");
    }
}

#[track_caller]
fn money(tag: &str, expected: &[(&str, &str, &str)]) {
    let locale: Locale = tag.parse().unwrap();
    for (amount, currency, words) in expected {
        assert_eq!(locale.money_in_words(amount, currency).as_deref(), Ok(*words), "{tag} {amount} {currency}");
    }
}

#[test]
fn english_numbers() {
    numbers(
        "en",
        &[
            (0, "zero"),
            (1, "one"),
            (2, "two"),
            (11, "eleven"),
            (16, "sixteen"),
            (21, "twenty-one"),
            (71, "seventy-one"),
            (80, "eighty"),
            (81, "eighty-one"),
            (91, "ninety-one"),
            (100, "one hundred"),
            (101, "one hundred and one"),
            (200, "two hundred"),
            (201, "two hundred and one"),
            (999, "nine hundred and ninety-nine"),
            (1_000, "one thousand"),
            (1_001, "one thousand and one"),
            (1_100, "one thousand one hundred"),
            (2_000, "two thousand"),
            (21_000, "twenty-one thousand"),
            (100_000, "one hundred thousand"),
            (148_350, "one hundred and forty-eight thousand three hundred and fifty"),
            (200_000, "two hundred thousand"),
            (1_000_000, "one million"),
            (2_000_001, "two million and one"),
            (1_850_000_000, "one billion eight hundred and fifty million"),
            (34_000_000_000, "thirty-four billion"),
            (MAX, "one quadrillion"),
        ],
    );
    numbers("en-US", &[(148_001, "one hundred forty-eight thousand one"), (101, "one hundred one")]);
}

#[test]
fn french_numbers() {
    numbers(
        "fr",
        &[
            (0, "zéro"),
            (1, "un"),
            (2, "deux"),
            (11, "onze"),
            (16, "seize"),
            (17, "dix-sept"),
            (21, "vingt et un"),
            (22, "vingt-deux"),
            (60, "soixante"),
            (61, "soixante et un"),
            (70, "soixante-dix"),
            (71, "soixante et onze"),
            (72, "soixante-douze"),
            (80, "quatre-vingts"),
            (81, "quatre-vingt-un"),
            (90, "quatre-vingt-dix"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (100, "cent"),
            (101, "cent un"),
            (180, "cent quatre-vingts"),
            (200, "deux cents"),
            (201, "deux cent un"),
            (999, "neuf cent quatre-vingt-dix-neuf"),
            (1_000, "mille"),
            (1_001, "mille un"),
            (1_100, "mille cent"),
            (2_000, "deux mille"),
            (21_000, "vingt et un mille"),
            (80_000, "quatre-vingt mille"),
            (100_000, "cent mille"),
            (200_000, "deux cent mille"),
            (1_000_000, "un million"),
            (2_000_001, "deux millions un"),
            (80_000_000, "quatre-vingts millions"),
            (200_000_000, "deux cents millions"),
            (1_850_000_000, "un milliard huit cent cinquante millions"),
            (34_000_000_000, "trente-quatre milliards"),
            (MAX, "un billiard"),
        ],
    );
}

#[test]
fn spanish_numbers() {
    numbers(
        "es",
        &[
            (0, "cero"),
            (1, "uno"),
            (2, "dos"),
            (11, "once"),
            (16, "dieciséis"),
            (21, "veintiuno"),
            (71, "setenta y uno"),
            (80, "ochenta"),
            (81, "ochenta y uno"),
            (91, "noventa y uno"),
            (100, "cien"),
            (101, "ciento uno"),
            (200, "doscientos"),
            (201, "doscientos uno"),
            (999, "novecientos noventa y nueve"),
            (1_000, "mil"),
            (1_001, "mil uno"),
            (1_100, "mil cien"),
            (2_000, "dos mil"),
            (21_000, "veintiún mil"),
            (31_000, "treinta y un mil"),
            (100_000, "cien mil"),
            (101_000, "ciento un mil"),
            (200_000, "doscientos mil"),
            (1_000_000, "un millón"),
            (2_000_001, "dos millones uno"),
            (21_000_000, "veintiún millones"),
            (1_850_000_000, "mil ochocientos cincuenta millones"),
            (34_000_000_000, "treinta y cuatro mil millones"),
            (1_000_000_000_000, "un billón"),
            (MAX, "mil billones"),
        ],
    );
}

#[test]
fn portuguese_numbers() {
    numbers(
        "pt",
        &[
            (0, "zero"),
            (1, "um"),
            (2, "dois"),
            (11, "onze"),
            (16, "dezasseis"),
            (17, "dezassete"),
            (19, "dezanove"),
            (21, "vinte e um"),
            (71, "setenta e um"),
            (80, "oitenta"),
            (81, "oitenta e um"),
            (91, "noventa e um"),
            (100, "cem"),
            (101, "cento e um"),
            (200, "duzentos"),
            (201, "duzentos e um"),
            (999, "novecentos e noventa e nove"),
            (1_000, "mil"),
            (1_001, "mil e um"),
            (1_100, "mil e cem"),
            (1_234, "mil duzentos e trinta e quatro"),
            (1_500, "mil e quinhentos"),
            (2_000, "dois mil"),
            (21_000, "vinte e um mil"),
            (100_000, "cem mil"),
            (148_350, "cento e quarenta e oito mil trezentos e cinquenta"),
            (200_000, "duzentos mil"),
            (1_000_000, "um milhão"),
            (1_001_000, "um milhão e mil"),
            (1_200_000, "um milhão e duzentos mil"),
            (1_200_350, "um milhão duzentos mil trezentos e cinquenta"),
            (1_002_100, "um milhão dois mil e cem"),
            (2_000_001, "dois milhões e um"),
            (1_850_000_000, "mil oitocentos e cinquenta milhões"),
            (34_000_000_000, "trinta e quatro mil milhões"),
            (1_500_000_000_000, "um bilião e quinhentos mil milhões"),
            (MAX, "mil biliões"),
        ],
    );
    numbers(
        "pt-BR",
        &[
            (16, "dezesseis"),
            (17, "dezessete"),
            (19_000, "dezenove mil"),
            (1_850_000_000, "um bilhão oitocentos e cinquenta milhões"),
            (34_000_000_000, "trinta e quatro bilhões"),
            (MAX, "um quatrilhão"),
        ],
    );
}

#[test]
fn russian_numbers() {
    numbers(
        "ru",
        &[
            (0, "ноль"),
            (1, "один"),
            (2, "два"),
            (11, "одиннадцать"),
            (16, "шестнадцать"),
            (21, "двадцать один"),
            (71, "семьдесят один"),
            (80, "восемьдесят"),
            (81, "восемьдесят один"),
            (91, "девяносто один"),
            (100, "сто"),
            (101, "сто один"),
            (200, "двести"),
            (201, "двести один"),
            (999, "девятьсот девяносто девять"),
            (1_000, "одна тысяча"),
            (1_001, "одна тысяча один"),
            (1_100, "одна тысяча сто"),
            (2_000, "две тысячи"),
            (5_000, "пять тысяч"),
            (11_000, "одиннадцать тысяч"),
            (21_000, "двадцать одна тысяча"),
            (100_000, "сто тысяч"),
            (200_000, "двести тысяч"),
            (1_000_000, "один миллион"),
            (2_000_001, "два миллиона один"),
            (1_850_000_000, "один миллиард восемьсот пятьдесят миллионов"),
            (34_000_000_000, "тридцать четыре миллиарда"),
            (MAX, "один квадриллион"),
        ],
    );
}

#[test]
fn arabic_numbers() {
    numbers(
        "ar",
        &[
            (0, "صفر"),
            (1, "واحد"),
            (2, "اثنان"),
            (8, "ثمانية"),
            (11, "أحد عشر"),
            (12, "اثنا عشر"),
            (16, "ستة عشر"),
            (21, "واحد وعشرون"),
            (71, "واحد وسبعون"),
            (80, "ثمانون"),
            (81, "واحد وثمانون"),
            (91, "واحد وتسعون"),
            (100, "مائة"),
            (101, "مائة وواحد"),
            (200, "مائتان"),
            (201, "مائتان وواحد"),
            (999, "تسعمائة وتسعة وتسعون"),
            (1_000, "ألف"),
            (1_001, "ألف وواحد"),
            (1_100, "ألف ومائة"),
            (2_000, "ألفان"),
            (3_000, "ثلاثة آلاف"),
            (11_000, "أحد عشر ألفًا"),
            (21_000, "واحد وعشرون ألفًا"),
            (100_000, "مائة ألف"),
            (103_000, "مائة وثلاثة آلاف"),
            (200_000, "مائتا ألف"),
            (201_000, "مائتا ألف وألف"),
            (1_000_000, "مليون"),
            (2_000_001, "مليونان وواحد"),
            (1_850_000_000, "مليار وثمانمائة وخمسون مليونًا"),
            (34_000_000_000, "أربعة وثلاثون مليارًا"),
            (MAX, "كوادريليون"),
        ],
    );
}

#[test]
fn english_money() {
    money(
        "en",
        &[
            ("148350", "EUR", "one hundred and forty-eight thousand three hundred and fifty euros"),
            ("1", "GBP", "one pound sterling"),
            ("0.01", "GBP", "zero pounds sterling and one penny"),
            ("12.50", "USD", "twelve US dollars and fifty cents"),
            ("12.00", "USD", "twelve US dollars"),
            ("12.5", "TND", "twelve Tunisian dinars and five hundred millimes"),
            ("12.4", "MGA", "twelve Malagasy ariary and 40/100"),
            ("12.125", "USD", "twelve US dollars and 125/1000"),
            ("-1", "USD", "minus one US dollar"),
            ("-0.00", "USD", "zero US dollars"),
            ("12", "SEK", "twelve\u{a0}SEK"),
            ("12.5", "SEK", "twelve and 50/100\u{a0}SEK"),
            ("007", "JPY", "seven Japanese yen"),
        ],
    );
}

#[test]
fn french_money() {
    money(
        "fr",
        &[
            ("0", "EUR", "zéro euro"),
            ("1.5", "EUR", "un euro et cinquante centimes"),
            ("80", "EUR", "quatre-vingts euros"),
            ("1000000", "EUR", "un million d’euros"),
            ("2000000", "EUR", "deux millions d’euros"),
            ("2000000", "XAF", "deux millions de francs CFA"),
            ("2000001", "GNF", "deux millions un francs guinéens"),
            ("2500000", "USD", "deux millions cinq cent mille dollars des États-Unis"),
            ("21", "GBP", "vingt et une livres sterling"),
            ("81", "EGP", "quatre-vingt-une livres égyptiennes"),
            ("101", "GBP", "cent une livres sterling"),
            ("21000", "GBP", "vingt et un mille livres sterling"),
            ("3000000", "MGA", "trois millions d’ariary"),
            ("1850000000", "MRU", "un milliard huit cent cinquante millions d’ouguiyas mauritaniens"),
        ],
    );
}

#[test]
fn spanish_money() {
    money(
        "es-PE",
        &[
            ("1", "EUR", "un euro"),
            ("21", "EUR", "veintiún euros"),
            ("101", "USD", "ciento un dólares de los Estados Unidos"),
            ("1000000", "EUR", "un millón de euros"),
            ("1000001", "EUR", "un millón un euros"),
            ("1", "GBP", "una libra esterlina"),
            ("21", "GBP", "veintiuna libras esterlinas"),
            ("200", "GBP", "doscientas libras esterlinas"),
            ("500000", "GBP", "quinientas mil libras esterlinas"),
            ("2000000", "GBP", "dos millones de libras esterlinas"),
            ("200000000", "GBP", "doscientos millones de libras esterlinas"),
            ("1850000000", "PEN", "mil ochocientos cincuenta millones de soles"),
            ("148350.50", "PEN", "ciento cuarenta y ocho mil trescientos cincuenta soles con cincuenta céntimos"),
            ("0", "ARS", "cero pesos argentinos"),
            ("21.21", "BOB", "veintiún bolivianos con veintiún centavos"),
        ],
    );
}

#[test]
fn portuguese_money() {
    money(
        "pt-MZ",
        &[
            ("1", "MZN", "um metical"),
            ("1100", "MZN", "mil e cem meticais"),
            ("1000000", "EUR", "um milhão de euros"),
            ("2", "GBP", "duas libras esterlinas"),
            ("22200", "GBP", "vinte e duas mil e duzentas libras esterlinas"),
            ("2000000", "GBP", "dois milhões de libras esterlinas"),
            ("16.16", "AOA", "dezasseis kwanzas e dezasseis cêntimos"),
            ("34000000000", "USD", "trinta e quatro mil milhões de dólares dos Estados Unidos"),
        ],
    );
    money(
        "pt-BR",
        &[
            ("16.16", "USD", "dezesseis dólares dos Estados Unidos e dezesseis centavos"),
            ("1000000000", "BRL", "um bilhão de reais"),
        ],
    );
}

#[test]
fn russian_money() {
    money(
        "ru",
        &[
            ("1", "USD", "один доллар США"),
            ("2", "USD", "два доллара США"),
            ("5", "USD", "пять долларов США"),
            ("11", "USD", "одиннадцать долларов США"),
            ("21", "USD", "двадцать один доллар США"),
            ("112", "USD", "сто двенадцать долларов США"),
            ("2000", "USD", "две тысячи долларов США"),
            ("21.22", "RUB", "двадцать один российский рубль двадцать две копейки"),
            ("22", "CHF", "двадцать два швейцарских франка"),
            ("1", "ARS", "одно аргентинское песо"),
            ("2", "JPY", "две японские иены"),
            ("1001", "NGN", "одна тысяча одна нигерийская найра"),
            ("148350", "EUR", "сто сорок восемь тысяч триста пятьдесят евро"),
            ("34000000000", "KGS", "тридцать четыре миллиарда сомов"),
            ("0", "KZT", "ноль тенге"),
            ("7.5", "MGA", "семь малагасийских ариари 50/100"),
        ],
    );
}

#[test]
fn arabic_money() {
    money(
        "ar-EG",
        &[
            ("148350", "EUR", "مائة وثمانية وأربعون ألفًا وثلاثمائة وخمسون يورو"),
            ("0", "USD", "صفر دولار أمريكي"),
            ("1", "USD", "دولار أمريكي واحد"),
            ("2", "USD", "دولاران أمريكيان"),
            ("3", "USD", "ثلاثة دولارات أمريكية"),
            ("10", "USD", "عشرة دولارات أمريكية"),
            ("11", "USD", "أحد عشر دولارًا أمريكيًا"),
            ("12", "USD", "اثنا عشر دولارًا أمريكيًا"),
            ("100", "USD", "مائة دولار أمريكي"),
            ("101", "USD", "مائة دولار أمريكي ودولار أمريكي واحد"),
            ("103", "USD", "مائة وثلاثة دولارات أمريكية"),
            ("200", "USD", "مائتا دولار أمريكي"),
            ("202", "USD", "مائتا دولار أمريكي ودولاران أمريكيان"),
            ("2000", "USD", "ألفا دولار أمريكي"),
            ("11000", "USD", "أحد عشر ألف دولار أمريكي"),
            ("200000", "USD", "مائتا ألف دولار أمريكي"),
            ("2000000", "USD", "مليونا دولار أمريكي"),
            ("2000001", "USD", "مليونا دولار أمريكي ودولار أمريكي واحد"),
            ("2300000", "USD", "مليونان وثلاثمائة ألف دولار أمريكي"),
            ("1850000000", "USD", "مليار وثمانمائة وخمسون مليون دولار أمريكي"),
            ("1", "MRU", "أوقية موريتانية واحدة"),
            ("2", "MRU", "أوقيتان موريتانيتان"),
            ("3", "MRU", "ثلاث أوقيات موريتانية"),
            ("8", "MRU", "ثماني أوقيات موريتانية"),
            ("11", "MRU", "إحدى عشرة أوقية موريتانية"),
            ("12", "MRU", "اثنتا عشرة أوقية موريتانية"),
            ("18", "MRU", "ثماني عشرة أوقية موريتانية"),
            ("21", "MRU", "إحدى وعشرون أوقية موريتانية"),
            ("28", "MRU", "ثمان وعشرون أوقية موريتانية"),
            ("2", "EUR", "يورو اثنان"),
            ("15.50", "EGP", "خمسة عشر جنيهًا مصريًا وخمسون قرشًا"),
            ("15.05", "EGP", "خمسة عشر جنيهًا مصريًا وخمسة قروش"),
            ("1.5", "MGA", "أرياري ملغاشي واحد و٥٠/١٠٠"),
        ],
    );
}

#[test]
fn the_table_is_complete() {
    let codes = "AOA ARS AUD BOB BRL CAD CHF CLP CNY COP CVE DZD EGP EUR GBP GHS GNF GYD JPY KES KGS KZT MAD MGA \
                 MMK MNT MRU MXN MZN NGN PEN RUB SDG STN TJS TND TZS UGX USD UZS XAF XOF ZAR ZMW";
    for lang in Lang::ALL {
        let forms = match lang {
            Lang::En | Lang::Fr | Lang::Es | Lang::Pt => 2,
            Lang::Ru => 3,
            Lang::Ar => 5,
        };
        for code in codes.split(' ') {
            let currency = currencies().get(&(lang.code(), code)).unwrap();
            for noun in std::iter::once(&currency.major).chain(&currency.minor) {
                assert_eq!(noun.forms.len(), forms, "{lang} {code}");
                assert!(noun.forms.iter().all(|form| !form.is_empty() && *form == form.trim()), "{lang} {code}");
            }
        }
    }
    assert_eq!(rows().count(), currencies().len());
    assert!(rows().all(|row| row.split('\t').count() == 6));
    assert!(rows().all(|row| row.split('\t').nth(1).is_some_and(|code| minor_units(code).is_some())));
}

#[test]
fn wrong_input_is_refused() {
    let en = Locale::from(Lang::En);
    assert_eq!(en.integer_in_words(MAX + 1), None);
    assert_eq!(en.money_in_words("1", "usd"), Err(LocaleError::UnknownCurrency("usd".into())));
    for amount in ["", "1,000", "1.", "ten"] {
        assert_eq!(en.money_in_words(amount, "USD"), Err(LocaleError::InvalidNumber(amount.into())));
    }
    for amount in ["1000000000000001", "99999999999999999999999999"] {
        assert_eq!(en.money_in_words(amount, "USD"), Err(LocaleError::NotInWords(amount.into())));
    }
}

#[test]
fn every_number_reads_cleanly() {
    let samples = (0..2_100).chain((0..1_000).map(|n| n * 7_919_417_333 % MAX)).chain((0..=15).map(|e| 10u64.pow(e)));
    for n in samples {
        for tag in ["en", "en-US", "fr", "es", "pt", "pt-BR", "ru", "ar"] {
            let locale: Locale = tag.parse().unwrap();
            let plain = locale.integer_in_words(n).unwrap();
            for code in ["USD", "GBP", "EUR"] {
                let money = locale.money_in_words(&n.to_string(), code).unwrap();
                for text in [&plain, &money] {
                    assert!(!text.contains("  ") && *text == text.trim(), "{tag} {n}: {text}");
                }
            }
        }
    }
}
