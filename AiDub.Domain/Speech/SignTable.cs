namespace AiDub.Domain.Speech;

/// <summary>The words for signs, language by language.</summary>
internal static class SignTable
{
    /// <summary>What the words of a language stand for, in their order: <c>~</c> before a number, <c>~~</c> between two.</summary>
    public static readonly string[] Signs =
    [
        "℃", "℉", "°", "№", "&", "~", "~~", "%", "‰", "§", "+", "=", "@", "#", "/",
        "€", "£", "$", "¥", "×", "÷", "m²", "m³", "²", "½", "¼", "¾",
    ];

    /// <summary>Some lines a language, its code first; a word is empty where the voice's own, or English, must do.</summary>
    public const string Words = """
        en degrees Celsius|degrees Fahrenheit|degrees|number|and|about|to|percent|per mille|section|plus|equals|at|hash|slash
           euros|pounds|dollars|yen|times|divided by|square metres|cubic metres|squared|a half|a quarter|three quarters
        es grados Celsius|grados Fahrenheit|grados|número|y|unos|a|por ciento|por mil|sección|más|es igual a|arroba|almohadilla|barra
           euros|libras|dólares|yenes|por|dividido por|metros cuadrados|metros cúbicos|al cuadrado|medio|un cuarto|tres cuartos
        ca graus Celsius|graus Fahrenheit|graus|número|i|uns|a|per cent|per mil|secció|més|és igual a|arrova|coixinet|barra
           euros|lliures|dòlars|iens|per|dividit per|metres quadrats|metres cúbics|al quadrat|mig|un quart|tres quarts
        fr degrés Celsius|degrés Fahrenheit|degrés|numéro|et|environ|à|pour cent|pour mille|paragraphe|plus|égale|arobase|dièse|sur
           euros|livres|dollars|yens|fois|divisé par|mètres carrés|mètres cubes|au carré|un demi|un quart|trois quarts
        de Grad Celsius|Grad Fahrenheit|Grad|Nummer|und|etwa|bis|Prozent|Promille|Paragraf|plus|gleich|at|Raute|Schrägstrich
           Euro|Pfund|Dollar|Yen|mal|geteilt durch|Quadratmeter|Kubikmeter|hoch zwei|einhalb|ein Viertel|drei Viertel
        it gradi Celsius|gradi Fahrenheit|gradi|numero|e|circa|a|per cento|per mille|paragrafo|più|uguale|chiocciola|cancelletto|barra
           euro|sterline|dollari|yen|per|diviso|metri quadrati|metri cubi|al quadrato|mezzo|un quarto|tre quarti
        pt graus Celsius|graus Fahrenheit|graus|número|e|cerca de|a|por cento|por mil|secção|mais|igual a|arroba|cardinal|barra
           euros|libras|dólares|ienes|vezes|dividido por|metros quadrados|metros cúbicos|ao quadrado|meio|um quarto|três quartos
        nl graden Celsius|graden Fahrenheit|graden|nummer|en|ongeveer|tot|procent|promille|paragraaf|plus|is gelijk aan|apenstaartje
           hekje|schuine streep
           euro|pond|dollar|yen|keer|gedeeld door|vierkante meter|kubieke meter|kwadraat|een half|een kwart|driekwart
        af grade Celsius|grade Fahrenheit|grade|nommer|en|ongeveer|tot|persent|per duisend|paragraaf|plus|is gelyk aan|||
           euro|pond|dollar|jen|maal|gedeel deur|vierkante meter|kubieke meter||'n half|'n kwart|driekwart
        lb Grad Celsius|Grad Fahrenheit|Grad|Nummer|an|ongeféier|bis|Prozent|Promille|Paragraf|plus|ass gläich|||
           Euro|Pond|Dollar|Yen|mol|gedeelt duerch|Quadratmeter|Kubikmeter||en halwen|e Véierel|dräi Véierel
        sv grader Celsius|grader Fahrenheit|grader|nummer|och|ungefär|till|procent|promille|paragraf|plus|är lika med|snabel-a|fyrkant
           snedstreck
           euro|pund|dollar|yen|gånger|delat med|kvadratmeter|kubikmeter|i kvadrat|en halv|en fjärdedel|tre fjärdedelar
        da grader celsius|grader fahrenheit|grader|nummer|og|cirka|til|procent|promille|paragraf|plus|er lig med|snabel-a|havelåge
           skråstreg
           euro|pund|dollar|yen|gange|divideret med|kvadratmeter|kubikmeter|i anden|en halv|en fjerdedel|tre fjerdedele
        nb grader celsius|grader fahrenheit|grader|nummer|og|omtrent|til|prosent|promille|paragraf|pluss|er lik|krøllalfa|emneknagg
           skråstrek
           euro|pund|dollar|yen|ganger|delt på|kvadratmeter|kubikkmeter|i andre|en halv|en fjerdedel|tre fjerdedeler
        is gráður á Celsíus|gráður á Fahrenheit|gráður|númer|og|um það bil|til|prósent|prómill|grein|plús|jafnt og|||
           evrur|pund|dollarar|jen|sinnum|deilt með|fermetrar|rúmmetrar||hálfur|fjórðungur|þrír fjórðu
        fi celsiusastetta|fahrenheitastetta|astetta|numero|ja|noin|viiva|prosenttia|promillea|pykälä|plus|on yhtä kuin|ät|risuaita|kautta
           euroa|puntaa|dollaria|jeniä|kertaa|jaettuna|neliömetriä|kuutiometriä|toiseen|puoli|neljäsosa|kolme neljäsosaa
        et kraadi Celsiuse järgi|kraadi Fahrenheiti järgi|kraadi|number|ja|umbes|kuni|protsenti|promilli|paragrahv|pluss|võrdub|ät
           trellid|kaldkriips
           eurot|naela|dollarit|jeeni|korda|jagatud|ruutmeetrit|kuupmeetrit|ruudus|pool|veerand|kolmveerand
        lv grādi pēc Celsija|grādi pēc Fārenheita|grādi|numurs|un|apmēram|līdz|procenti|promiles|paragrāfs|plus|ir vienāds ar|et|restīte
           slīpsvītra
           eiro|mārciņas|dolāri|jenas|reiz|dalīts ar|kvadrātmetri|kubikmetri|kvadrātā|puse|ceturtdaļa|trīs ceturtdaļas
        lt laipsniai Celsijaus|laipsniai Farenheito|laipsniai|numeris|ir|apie|iki|procentai|promilės|paragrafas|plius|lygu|eta|grotelės
           pasvirasis brūkšnys
           eurai|svarai|doleriai|jenos|kart|padalinta iš|kvadratiniai metrai|kubiniai metrai|kvadratu|pusė|ketvirtis|trys ketvirčiai
        pl stopni Celsjusza|stopni Fahrenheita|stopni|numer|i|około|do|procent|promili|paragraf|plus|równa się|małpa|hasz|ukośnik
           euro|funtów|dolarów|jenów|razy|podzielić przez|metrów kwadratowych|metrów sześciennych|do kwadratu|pół|jedna czwarta
           trzy czwarte
        cs stupňů Celsia|stupňů Fahrenheita|stupňů|číslo|a|asi|až|procent|promile|paragraf|plus|rovná se|zavináč|křížek|lomeno
           eur|liber|dolarů|jenů|krát|děleno|metrů čtverečních|metrů krychlových|na druhou|půl|čtvrt|tři čtvrtě
        sk stupňov Celzia|stupňov Fahrenheita|stupňov|číslo|a|asi|až|percent|promile|paragraf|plus|rovná sa|zavináč|mriežka|lomeno
           eur|libier|dolárov|jenov|krát|delené|metrov štvorcových|metrov kubických|na druhú|pol|štvrť|tri štvrte
        sl stopinj Celzija|stopinj Fahrenheita|stopinj|številka|in|približno|do|odstotkov|promilov|paragraf|plus|je enako|afna|lojtra
           poševnica
           evrov|funtov|dolarjev|jenov|krat|deljeno z|kvadratnih metrov|kubičnih metrov|na kvadrat|pol|četrt|tri četrt
        hr stupnjeva Celzija|stupnjeva Fahrenheita|stupnjeva|broj|i|oko|do|posto|promila|paragraf|plus|jednako|et|ljestve|kroz
           eura|funti|dolara|jena|puta|podijeljeno s|četvornih metara|kubičnih metara|na kvadrat|pola|četvrt|tri četvrt
        bs stepeni Celzija|stepeni Farenhajta|stepeni|broj|i|oko|do|posto|promila|paragraf|plus|jednako|et|ljestve|kroz
           eura|funti|dolara|jena|puta|podijeljeno sa|kvadratnih metara|kubnih metara|na kvadrat|pola|četvrt|tri četvrt
        sr степени Целзијуса|степени Фаренхајта|степени|број|и|око|до|посто|промила|параграф|плус|једнако|ет|тараба|кроз
           евра|фунти|долара|јена|пута|подељено са|квадратних метара|кубних метара|на квадрат|пола|четврт|три четврт
        mk степени Целзиусови|степени Фаренхајтови|степени|број|и|околу|до|проценти|промили|параграф|плус|еднакво|ет|тараба|косо
           евра|фунти|долари|јени|пати|поделено со|квадратни метри|кубни метри|на квадрат|половина|четвртина|три четвртини
        bg градуса по Целзий|градуса по Фаренхайт|градуса|номер|и|около|до|процента|промила|параграф|плюс|равно на|кльомба|диез
           наклонена черта
           евро|паунда|долара|йени|по|делено на|квадратни метра|кубични метра|на квадрат|половин|четвърт|три четвърти
        ru градусов Цельсия|градусов Фаренгейта|градусов|номер|и|около|до|процентов|промилле|параграф|плюс|равно|собака|решётка|дробь
           евро|фунтов|долларов|иен|умножить на|разделить на|квадратных метров|кубических метров|в квадрате|половина|четверть|три четверти
        uk градусів Цельсія|градусів Фаренгейта|градусів|номер|і|близько|до|відсотків|проміле|параграф|плюс|дорівнює|равлик|решітка|дріб
           євро|фунтів|доларів|єн|помножити на|поділити на|квадратних метрів|кубічних метрів|у квадраті|половина|чверть|три чверті
        be градусаў Цэльсія|градусаў Фарэнгейта|градусаў|нумар|і|каля|да|працэнтаў|праміле|параграф|плюс|роўна|||
           еўра|фунтаў|долараў|ен|памножыць на|падзяліць на|квадратных метраў|кубічных метраў|у квадраце|палова|чвэрць|тры чвэрці
        kk Цельсий градус|Фаренгейт градус|градус|нөмір|және|шамамен|бастап|пайыз|промилле|параграф|плюс|тең|||
           еуро|фунт|доллар|иен|көбейту|бөлу|шаршы метр|текше метр||жарты|төрттен бір|төрттен үш
        ro grade Celsius|grade Fahrenheit|grade|numărul|și|circa|până la|la sută|la mie|paragraful|plus|egal|arond|diez|bară
           euro|lire|dolari|yeni|ori|împărțit la|metri pătrați|metri cubi|la pătrat|jumătate|un sfert|trei sferturi
        hu Celsius-fok|Fahrenheit-fok|fok|szám|és|körülbelül|től|százalék|ezrelék|paragrafus|plusz|egyenlő|kukac|kettőskereszt|per
           euró|font|dollár|jen|szorozva|osztva|négyzetméter|köbméter|négyzeten|fél|negyed|háromnegyed
        el βαθμοί Κελσίου|βαθμοί Φαρενάιτ|βαθμοί|αριθμός|και|περίπου|έως|τοις εκατό|τοις χιλίοις|παράγραφος|συν|ίσον|παπάκι|δίεση|κάθετος
           ευρώ|λίρες|δολάρια|γεν|επί|διά|τετραγωνικά μέτρα|κυβικά μέτρα|στο τετράγωνο|μισό|ένα τέταρτο|τρία τέταρτα
        sq gradë Celsius|gradë Fahrenheit|gradë|numri|dhe|rreth|deri në|për qind|për mijë|paragrafi|plus|baraz|||
           euro|paund|dollarë|jen|herë|pjesëtuar me|metra katrorë|metra kub|në katror|gjysmë|një e katërta|tre të katërtat
        eu gradu Celsius|gradu Fahrenheit|gradu|zenbaki|eta|inguru|arte||milako|atala|gehi|berdin|a bildua|traola|barra
           euro|libera|dolar|yen|bider|zati|metro karratu|metro kubiko|ber bi|erdi|laurden bat|hiru laurden
        cy gradd Celsius|gradd Fahrenheit|gradd|rhif|a|tua|i|y cant|y fil|adran|plws|yn hafal i|||
           ewro|punt|doler|yen|wedi lluosi â|wedi rhannu â|metr sgwâr|metr ciwbig||hanner|chwarter|tri chwarter
        ga céim Celsius|céim Fahrenheit|céim|uimhir|agus|timpeall|go|faoin gcéad|faoin míle|alt|móide|cothrom le|||
           euro|punt|dollar|yen|faoi|roinnte ar|méadar cearnach|méadar ciúbach||leath|ceathrú|trí cheathrú
        mt gradi Celsius|gradi Fahrenheit|gradi|numru|u|madwar|sa|fil-mija|fl-elf|sezzjoni|plus|ugwali|at|hash|slash
           ewro|liri|dollari|yen|darba|diviż bi|metri kwadri|metri kubi||nofs|kwart|tliet kwarti
        eo gradoj Celsiaj|gradoj Farenhejtaj|gradoj|numero|kaj|ĉirkaŭ|ĝis|elcentoj|elmiloj|paragrafo|plus|egalas|heliko|kradeto
           suprenstreko
           eŭroj|pundoj|dolaroj|enoj|oble|dividite per|kvadrataj metroj|kubaj metroj|kvadrate|duono|kvarono|tri kvaronoj
        tr santigrat derece|fahrenhayt derece|derece|numara|ve|yaklaşık|ila||binde|paragraf|artı|eşittir|et|kare|bölü
           avro|sterlin|dolar|yen|çarpı|bölü|metrekare|metreküp|kare|yarım|çeyrek|dörtte üç
        az dərəcə Selsi|dərəcə Farenheyt|dərəcə|nömrə|və|təxminən|ilə|faiz|promil|paraqraf|üstəgəl|bərabərdir|||
           avro|funt|dollar|yen|dəfə|böl|kvadrat metr|kub metr|kvadrat|yarım|dörddə bir|dörddə üç
        uz daraja Selsiy|daraja Farengeyt|daraja|raqam|va|taxminan|dan|foiz|promille|paragraf|plyus|teng|||
           yevro|funt|dollar|iyena|karra|bo‘lingan|kvadrat metr|kub metr|kvadrat|yarim|chorak|to‘rtdan uch
        id derajat Celsius|derajat Fahrenheit|derajat|nomor|dan|sekitar|sampai|persen|per mil|pasal|tambah|sama dengan|at|pagar
           garis miring
           euro|pound|dolar|yen|kali|dibagi|meter persegi|meter kubik|kuadrat|setengah|seperempat|tiga perempat
        ms darjah Celsius|darjah Fahrenheit|darjah|nombor|dan|kira-kira|hingga|peratus|per seribu|seksyen|tambah|sama dengan|||
           euro|paun|dolar|yen|kali|dibahagi|meter persegi|meter padu|kuasa dua|setengah|suku|tiga suku
        sw nyuzi Selsiasi|nyuzi Farenhaiti|nyuzi|nambari|na|kama|hadi||kwa elfu|sehemu|jumlisha|sawa na|||
           yuro|pauni|dola|yeni|mara|gawanya kwa|mita za mraba|mita za ujazo||nusu|robo|robo tatu
        vi độ C|độ F|độ|số|và|khoảng|đến|phần trăm|phần nghìn|mục|cộng|bằng|a còng|thăng|trên
           ơ rô|bảng|đô la|yên|nhân|chia|mét vuông|mét khối|bình phương|một phần hai|một phần tư|ba phần tư
        th องศาเซลเซียส|องศาฟาเรนไฮต์|องศา|หมายเลข|และ|ประมาณ|ถึง|เปอร์เซ็นต์|ต่อพัน|มาตรา|บวก|เท่ากับ|แอท|ชาร์ป|ทับ
           ยูโร|ปอนด์|ดอลลาร์|เยน|คูณ|หาร|ตารางเมตร|ลูกบาศก์เมตร|ยกกำลังสอง|ครึ่ง|เศษหนึ่งส่วนสี่|เศษสามส่วนสี่
        ja 度|華氏度|度|番号|アンド|約|から|パーセント|パーミル|セクション|プラス|イコール|アットマーク|シャープ|スラッシュ
           ユーロ|ポンド|ドル|円|かける|わる|平方メートル|立方メートル|二乗|二分の一|四分の一|四分の三
        zh 摄氏度|华氏度|度|编号|和|大约|到||千分比|节|加|等于|艾特|井号|斜杠
           欧元|英镑|美元|日元|乘|除以|平方米|立方米|平方|二分之一|四分之一|四分之三
        ko 섭씨 도|화씨 도|도|번호|그리고|약|에서|퍼센트|퍼밀|항|더하기|는|골뱅이|샵|슬래시
           유로|파운드|달러|엔|곱하기|나누기|제곱미터|세제곱미터|제곱|이분의 일|사분의 일|사분의 삼
        ar درجة مئوية|درجة فهرنهايت|درجة|رقم|و|حوالي|إلى|بالمئة|بالألف|قسم|زائد|يساوي|آت|هاش|شرطة مائلة
           يورو|جنيه|دولار|ين|ضرب|قسمة|متر مربع|متر مكعب|تربيع|نصف|ربع|ثلاثة أرباع
        fa درجه سانتیگراد|درجه فارنهایت|درجه|شماره|و|حدود|تا|درصد|در هزار|بخش|به علاوه|مساوی|ات|هشتگ|ممیز
           یورو|پوند|دلار|ین|ضرب در|تقسیم بر|متر مربع|متر مکعب|به توان دو|نصف|یک چهارم|سه چهارم
        ur ڈگری سیلسیس|ڈگری فارن ہائیٹ|ڈگری|نمبر|اور|تقریباً|سے|فیصد|فی ہزار|دفعہ|جمع|برابر|||
           یورو|پاؤنڈ|ڈالر|ین|ضرب|تقسیم|مربع میٹر|مکعب میٹر||آدھا|ایک چوتھائی|تین چوتھائی
        he מעלות צלזיוס|מעלות פרנהייט|מעלות|מספר|ו|בערך|עד|אחוז|פרומיל|סעיף|פלוס|שווה|שטרודל|סולמית|לוכסן
           אירו|פאונד|דולר|ין|כפול|חלקי|מטר רבוע|מטר מעוקב|בריבוע|חצי|רבע|שלושה רבעים
        hi डिग्री सेल्सियस|डिग्री फ़ारेनहाइट|डिग्री|नंबर|और|लगभग|से|प्रतिशत|प्रति हज़ार|धारा|जमा|बराबर|ऐट|हैश|बटा
           यूरो|पाउंड|डॉलर|येन|गुणा|भाग|वर्ग मीटर|घन मीटर|का वर्ग|आधा|एक चौथाई|तीन चौथाई
        mr अंश सेल्सिअस|अंश फॅरनहाइट|अंश|क्रमांक|आणि|सुमारे|ते|टक्के|दर हजारी|कलम|अधिक|बरोबर|||
           युरो|पाउंड|डॉलर|येन|गुणिले|भागिले|चौरस मीटर|घन मीटर||अर्धा|पाव|पाऊण
        ne डिग्री सेल्सियस|डिग्री फरेनहाइट|डिग्री|नम्बर|र|लगभग|देखि|प्रतिशत|प्रति हजार|दफा|जोड|बराबर|||
           युरो|पाउन्ड|डलर|येन|गुणा|भाग|वर्ग मिटर|घन मिटर||आधा|एक चौथाई|तीन चौथाई
        bn ডিগ্রি সেলসিয়াস|ডিগ্রি ফারেনহাইট|ডিগ্রি|নম্বর|এবং|প্রায়|থেকে|শতাংশ|প্রতি হাজার|ধারা|যোগ|সমান|||
           ইউরো|পাউন্ড|ডলার|ইয়েন|গুণ|ভাগ|বর্গমিটার|ঘনমিটার||অর্ধেক|এক চতুর্থাংশ|তিন চতুর্থাংশ
        gu ડિગ્રી સેલ્સિયસ|ડિગ્રી ફેરનહીટ|ડિગ્રી|નંબર|અને|આશરે|થી|ટકા|પ્રતિ હજાર|કલમ|વત્તા|બરાબર|||
           યુરો|પાઉન્ડ|ડોલર|યેન|ગુણ્યા|ભાગ્યા|ચોરસ મીટર|ઘન મીટર||અડધો|પા|પોણો
        pa ਡਿਗਰੀ ਸੈਲਸੀਅਸ|ਡਿਗਰੀ ਫਾਰਨਹੀਟ|ਡਿਗਰੀ|ਨੰਬਰ|ਅਤੇ|ਲਗਭਗ|ਤੋਂ|ਪ੍ਰਤੀਸ਼ਤ|ਪ੍ਰਤੀ ਹਜ਼ਾਰ|ਧਾਰਾ|ਜਮ੍ਹਾਂ|ਬਰਾਬਰ|||
           ਯੂਰੋ|ਪੌਂਡ|ਡਾਲਰ|ਯੇਨ|ਗੁਣਾ|ਭਾਗ|ਵਰਗ ਮੀਟਰ|ਘਣ ਮੀਟਰ||ਅੱਧਾ|ਇੱਕ ਚੌਥਾਈ|ਤਿੰਨ ਚੌਥਾਈ
        ta டிகிரி செல்சியஸ்|டிகிரி பாரன்ஹீட்|டிகிரி|எண்|மற்றும்|சுமார்|முதல்|சதவீதம்|ஆயிரத்திற்கு|பிரிவு|கூட்டல்|சமம்|||
           யூரோ|பவுண்டு|டாலர்|யென்|பெருக்கல்|வகுத்தல்|சதுர மீட்டர்|கன மீட்டர்||அரை|கால்|முக்கால்
        te డిగ్రీల సెల్సియస్|డిగ్రీల ఫారెన్‌హీట్|డిగ్రీలు|సంఖ్య|మరియు|సుమారు|నుండి|శాతం|వెయ్యికి|సెక్షన్|కూడిక|సమానం|||
           యూరోలు|పౌండ్లు|డాలర్లు|యెన్|గుణించు|భాగించు|చదరపు మీటర్లు|ఘనపు మీటర్లు||సగం|పావు|ముప్పావు
        kn ಡಿಗ್ರಿ ಸೆಲ್ಸಿಯಸ್|ಡಿಗ್ರಿ ಫ್ಯಾರನ್‌ಹೀಟ್|ಡಿಗ್ರಿ|ಸಂಖ್ಯೆ|ಮತ್ತು|ಸುಮಾರು|ಇಂದ|ಪ್ರತಿಶತ|ಸಾವಿರಕ್ಕೆ|ವಿಭಾಗ|ಕೂಡಿಸು|ಸಮ|||
           ಯೂರೋ|ಪೌಂಡ್|ಡಾಲರ್|ಯೆನ್|ಗುಣಿಸು|ಭಾಗಿಸು|ಚದರ ಮೀಟರ್|ಘನ ಮೀಟರ್||ಅರ್ಧ|ಕಾಲು|ಮುಕ್ಕಾಲು
        ml ഡിഗ്രി സെൽഷ്യസ്|ഡിഗ്രി ഫാരൻഹീറ്റ്|ഡിഗ്രി|നമ്പർ|കൂടാതെ|ഏകദേശം|മുതൽ|ശതമാനം|ആയിരത്തിന്|വകുപ്പ്|അധികം|സമം|||
           യൂറോ|പൗണ്ട്|ഡോളർ|യെൻ|ഗുണം|ഹരണം|ചതുരശ്ര മീറ്റർ|ഘന മീറ്റർ||അര|കാൽ|മുക്കാൽ
        si සෙල්සියස් අංශක|ෆැරන්හයිට් අංශක|අංශක|අංකය|සහ|පමණ|සිට|සියයට|දහසට|වගන්තිය|එකතු|සමානයි|||
           යුරෝ|පවුම්|ඩොලර්|යෙන්|වරක්|බෙදීම|වර්ග මීටර්|ඝන මීටර්||භාගය|කාල|තුන් කාල
        ka გრადუსი ცელსიუსი|გრადუსი ფარენჰაიტი|გრადუსი|ნომერი|და|დაახლოებით|დან|პროცენტი|პრომილე|პარაგრაფი|პლუს|უდრის|||
           ევრო|ფუნტი|დოლარი|იენი|გამრავლებული|გაყოფილი|კვადრატული მეტრი|კუბური მეტრი||ნახევარი|მეოთხედი|სამი მეოთხედი
        hy աստիճան Ցելսիուս|աստիճան Ֆարենհայթ|աստիճան|համար|և|մոտ|մինչև|տոկոս|պրոմիլ|պարագրաֆ|գումարած|հավասար է|||
           եվրո|ֆունտ|դոլար|իեն|անգամ|բաժանած|քառակուսի մետր|խորանարդ մետր||կես|քառորդ|երեք քառորդ
        am ዲግሪ ሴልሺየስ|ዲግሪ ፋረንሃይት|ዲግሪ|ቁጥር|እና|ወደ|እስከ|በመቶ|በሺህ|ክፍል|ሲደመር|እኩል ይሆናል|||
           ዩሮ|ፓውንድ|ዶላር|የን|ሲባዛ|ሲካፈል|ካሬ ሜትር|ኪዩቢክ ሜትር||ግማሽ|ሩብ|ሦስት አራተኛ
        om digrii Selshiyesii|digrii Faaranaayitii|digrii|lakkoofsa|fi|naannoo|hanga|dhibbeentaa||kutaa|ida'uu|wal qixa|||
           yuuroo|paawondii|doolaara|yeen|||||||
        """;
}
