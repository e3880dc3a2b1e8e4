namespace AiDub.Tests.Jobs.Engines.Apertium;

/// <summary>English sentences with a person's Indonesian, written before the rules had seen them.</summary>
internal static class IndonesianReferences
{
    public static readonly (string English, string Indonesian)[] All =
    [
        ("Hello everyone, my name is Sarah.", "Halo semuanya, nama saya Sarah."),
        ("Today we will visit a beautiful beach.", "Hari ini kita akan mengunjungi pantai yang indah."),
        ("The train leaves at seven in the morning.", "Kereta berangkat pukul tujuh pagi."),
        ("My mother is cooking rice in the kitchen.", "Ibu saya sedang memasak nasi di dapur."),
        ("I bought two new shirts yesterday.", "Saya membeli dua kemeja baru kemarin."),
        ("Do you have a question?", "Apakah Anda punya pertanyaan?"),
        ("This machine is very easy to use.", "Mesin ini sangat mudah digunakan."),
        ("First, open the door and turn on the light.", "Pertama, buka pintu dan nyalakan lampu."),
        ("He can't come because he is sick.", "Dia tidak bisa datang karena dia sakit."),
        ("We have lived in this city for ten years.", "Kami sudah tinggal di kota ini selama sepuluh tahun."),
        ("Our teacher told us a long story.", "Guru kami menceritakan sebuah cerita panjang kepada kami."),
        ("The children are not afraid of the dog.", "Anak-anak tidak takut pada anjing itu."),
        ("There are three cats under the table.", "Ada tiga kucing di bawah meja."),
        ("She wants to become a doctor.", "Dia ingin menjadi dokter."),
        ("The old man walked slowly to the market.", "Pria tua itu berjalan perlahan ke pasar."),
        ("If you are hungry, we can eat now.", "Jika Anda lapar, kita bisa makan sekarang."),
        ("What do you want to drink?", "Apa yang ingin Anda minum?"),
        ("Please write your name here.", "Tolong tulis nama Anda di sini."),
        ("Water is important for our health.", "Air penting untuk kesehatan kita."),
        ("The book that you gave me is interesting.", "Buku yang Anda berikan kepada saya menarik."),
        ("They were playing football in the park.", "Mereka sedang bermain sepak bola di taman."),
        ("My brother's car is faster than mine.", "Mobil saudara saya lebih cepat daripada milik saya."),
        ("You should not forget your key.", "Anda sebaiknya tidak melupakan kunci Anda."),
        ("The house near the river was sold last year.", "Rumah di dekat sungai itu dijual tahun lalu."),
        ("I always drink coffee before breakfast.", "Saya selalu minum kopi sebelum sarapan."),
        ("Where did you learn this language?", "Di mana Anda belajar bahasa ini?"),
        ("It is not my problem.", "Itu bukan masalah saya."),
        ("Many people in the village work in the fields.", "Banyak orang di desa bekerja di ladang."),
        ("We are going to build a small boat.", "Kita akan membangun perahu kecil."),
        ("Thank you for your help, and see you tomorrow.", "Terima kasih atas bantuan Anda, dan sampai jumpa besok."),
    ];
}
