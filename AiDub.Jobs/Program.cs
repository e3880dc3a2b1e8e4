Console.Error.WriteLine("The stand-alone worker needs a record store that several processes share.");
return 2;
