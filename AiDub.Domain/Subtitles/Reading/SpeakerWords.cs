namespace AiDub.Domain.Subtitles.Reading;

/// <summary>Words that tell a speaker's label from what only looks like one, in the languages in which most subtitles are.</summary>
internal static class SpeakerWords
{
    private static readonly HashSet<string> Announcers = Words(
        "note notes n.b. nb warning caution attention question questions answer answers example examples e.g. i.e. tip hint " +
        "step chapter part section figure table important reminder remember summary title source sources date time price total " +
        "result results problem solution reason fact update edit ps p.s. today tomorrow yesterday first second third finally " +
        "also next then now here there remark conclusion link website email e-mail phone address subject nota notas atención " +
        "aviso advertencia pregunta preguntas respuesta respuestas ejemplo ejemplos paso capítulo parte figura tabla importante " +
        "recuerda resumen título fuente fuentes fecha hora precio resultado resultados problema solución razón consejo hoy ayer " +
        "mañana primero segundo tercero ojo conclusión enlace correo teléfono dirección asunto además ahora después aquí " +
        "remarque attention avertissement question réponse exemple étape chapitre partie résumé titre date heure prix résultat " +
        "problème solution raison conseil aujourd'hui demain hier d'abord ensuite enfin rappel conclusion hinweis achtung " +
        "warnung frage fragen antwort antworten beispiel schritt kapitel teil abbildung tabelle wichtig zusammenfassung titel " +
        "quelle datum uhrzeit preis ergebnis lösung grund tipp heute morgen gestern erstens zweitens drittens zuerst merke " +
        "fazit anmerkung avviso attenzione domanda domande risposta esempio passo capitolo parte riassunto titolo fonte data " +
        "ora prezzo risultato problema soluzione motivo consiglio oggi domani ieri primo secondo terzo infine observação aviso " +
        "pergunta perguntas resposta exemplo capítulo resumo título fonte data preço resultado solução motivo dica hoje amanhã " +
        "ontem primeiro let op vraag antwoord voorbeeld stap hoofdstuk deel samenvatting bron prijs resultaat oplossing vandaag " +
        "morgen gisteren uwaga pytanie odpowiedź przykład krok rozdział ważne źródło cena wynik dziś внимание вопрос ответ " +
        "пример шаг глава часть важно итог источник дата время цена результат проблема решение сегодня примечание catatan " +
        "perhatian pertanyaan jawaban contoh langkah bab bagian penting sumber tanggal waktu harga hasil masalah solusi hari " +
        "ini not dikkat soru cevap örnek adım bölüm önemli kaynak tarih saat fiyat sonuç 注意 注 备注 備註 问题 問題 答案 回答 例 例如 例子 步骤 步驟 " +
        "重要 来源 來源 日期 时间 時間 价格 價格 结果 結果 質問 答え 例えば 手順 出典 日時 今日 참고 주의 질문 답 예 예시 중요 출처 날짜 시간 가격 결과 오늘 ملاحظة تنبيه سؤال جواب مثال " +
        "הערה שאלה תשובה दोगुना नोट प्रश्न उत्तर उदाहरण");

    private static readonly HashSet<string> Titles = Words(
        "dr dr. dra. mr mr. mrs mrs. ms ms. miss prof prof. sr. sra. srta. mme mlle m. hr. herr frau sig. sig.ra dott. don doña " +
        "sir lady lord sgt. capt. lt. gen. rev. pan pani");

    private static readonly HashSet<string> Generic = Words(
        "speaker spk speakers voice person narrator host guest interviewer interviewee participant hablante locutor orador voz " +
        "persona entrevistador participante sprecher sprecherin stimme locuteur intervenant voix personne falante relatore " +
        "parlante voce spreker talare taler puhuja mówca spiker konuşmacı спикер диктор голос говорящий pembicara penutur suara " +
        "话者 話者 発言者 说话人 說話人 发言人 화자 발화자 متحدث דובר वक्ता");

    /// <summary>Whether what stands before a colon announces what follows, and names nobody.</summary>
    public static bool Announces(ReadOnlySpan<char> name) =>
        Has(Announcers, name) || (name.IndexOf(' ') is > 0 and var space && Has(Announcers, name[..space]));

    /// <summary>Whether it begins with a title and goes on.</summary>
    public static bool HasTitle(ReadOnlySpan<char> name) => name.IndexOf(' ') is > 0 and var space && Has(Titles, name[..space]);

    /// <summary>Whether it is what tools that tell speakers apart name them: <c>SPEAKER_01</c>, <c>Speaker A</c>, <c>화자1</c>.</summary>
    public static bool IsNumbered(ReadOnlySpan<char> name)
    {
        var word = name.TrimEnd("0123456789");
        if (word.Length == name.Length && name.Length > 2 && char.IsAsciiLetterUpper(name[^1]) && name[^2] is ' ' or '_' or '-')
            word = name[..^1];
        return word.Length < name.Length && Has(Generic, word.TrimEnd(" _-#."));
    }

    private static bool Has(HashSet<string> words, ReadOnlySpan<char> word) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static HashSet<string> Words(string words) => words.Split(' ').ToHashSet(StringComparer.OrdinalIgnoreCase);
}
